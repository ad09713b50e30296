/** Ends the process with a clear message unless it runs under Electron's own Node major. */
export function assertNode(): void {
  const [major] = process.versions.node.split('.');
  if (major === '24') return;
  process.stderr.write(
    `STP Console needs Node 24 (Electron's own), this is ${process.versions.node}.\n` +
      'Run it through npm scripts: on Linux x64 `npm ci` brings Node 24; elsewhere install it from nodejs.org.\n',
  );
  process.exit(1);
}
