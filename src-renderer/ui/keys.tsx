/** Keys as they stand on an English keyboard: `Ctrl+K`, or two in turn: `G Q`. Not read out, the word beside it is. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {keys.split(' ').map((chord) => (
        <kbd key={chord} className="kbd">
          {chord.replace('Escape', 'Esc')}
        </kbd>
      ))}
    </span>
  );
}
