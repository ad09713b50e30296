declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  interface Message {
    raw: string;
    flags?: string[];
    internaldate?: string;
  }

  interface Folder {
    messages?: Message[];
    uidvalidity?: number;
    'special-use'?: string;
    type?: string;
    separator?: string;
    folders?: Record<string, Folder>;
  }

  interface ImapServer {
    readonly server: Server;
    listen(port: number, host: string, callback: () => void): void;
    close(callback: () => void): void;
    /** `raw` holds one byte a character; `internaldate` is in IMAP's date-time form. */
    appendMessage(folder: string, flags: string[], internaldate: string, raw: string): unknown;
  }

  export default function hoodiecrow(options: {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, Folder>;
  }): ImapServer;
}
