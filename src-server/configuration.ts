import { homedir } from 'node:os';
import path from 'node:path';

/** How one process of the ticket API is set up; everything comes from environment variables. */
export interface Configuration {
  /** PostgreSQL, `postgres://user:password@host/database`; null: embedded in `dataFolder`. (`DATABASE_URL`) */
  readonly databaseUrl: string | null;
  /**
   * Holds the embedded database and the key file, mode 0700. (`STP_DATA_DIR`, by default `stp-console-api` in
   * `XDG_DATA_HOME`, which is `~/.local/share`)
   */
  readonly dataFolder: string;
  /** (`HOST`, by default loopback only) */
  readonly host: string;
  /** 0 takes any free port. (`PORT`) */
  readonly port: number;
  /** Certificate and key, both PEM files, for HTTPS. (`STP_TLS_CERT`, `STP_TLS_KEY`) */
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** 32 bytes as 64 hex digits; every process on one database needs the same. (`STP_SECRET_KEY`) */
  readonly secretKeyHex: string | null;
  /** Bearer token for `/metrics` besides those of admins. (`STP_METRICS_TOKEN`) */
  readonly metricsToken: string | null;
  /** A proxy in front sets X-Forwarded-For; else log-in limits would see one address. (`STP_TRUST_PROXY=1`) */
  readonly trustProxy: boolean;
  /** pino's level. (`STP_LOG_LEVEL`) */
  readonly logLevel: string;
}

/** Reads the configuration; throws with a sentence for the administrator. */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const text = (name: string): string | null => {
    const value = environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const port = Number(text('PORT') ?? '8484');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('PORT must be a number from 0 to 65535.');
  const certificateFile = text('STP_TLS_CERT');
  const keyFile = text('STP_TLS_KEY');
  if ((certificateFile === null) !== (keyFile === null)) {
    throw new Error('STP_TLS_CERT and STP_TLS_KEY belong together: set both or neither.');
  }
  const secretKeyHex = text('STP_SECRET_KEY');
  if (secretKeyHex !== null && !/^[0-9a-f]{64}$/iu.test(secretKeyHex)) {
    throw new Error('STP_SECRET_KEY must be 64 hexadecimal digits (openssl rand -hex 32).');
  }
  const dataHome = text('XDG_DATA_HOME') ?? path.join(homedir(), '.local', 'share');
  return {
    databaseUrl: text('DATABASE_URL'),
    dataFolder: path.resolve(text('STP_DATA_DIR') ?? path.join(dataHome, 'stp-console-api')),
    host: text('HOST') ?? '127.0.0.1',
    port,
    tls: certificateFile === null || keyFile === null ? null : { certificateFile, keyFile },
    secretKeyHex,
    metricsToken: text('STP_METRICS_TOKEN'),
    trustProxy: text('STP_TRUST_PROXY') === '1',
    logLevel: text('STP_LOG_LEVEL') ?? 'info',
  };
}
