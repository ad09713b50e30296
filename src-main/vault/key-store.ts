/** The operating system's key store (DPAPI, Secret Service), as Electron's safeStorage gives it. */
export interface KeyStore {
  /** `basic_text` scrambles with a password that everybody knows: it guards nothing and the desk says so. */
  backend(): 'guarded' | 'basic_text' | 'unavailable';
  /** Throws when the store is unavailable. */
  encrypt(text: string): Uint8Array;
  /** Throws when the store is unavailable, or is not the one that encrypted. */
  decrypt(bytes: Uint8Array): string;
}
