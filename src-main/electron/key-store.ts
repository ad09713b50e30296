import { safeStorage } from 'electron';

/** The operating system's key store, as the vault uses it. */
export const keyStore = {
  isAvailable: (): boolean => safeStorage.isEncryptionAvailable(),
  /** Name of the store; `basic_text` guards nothing. Only Linux has more than one. */
  backend: (): string =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform,
  encrypt: (text: string): Uint8Array => safeStorage.encryptString(text),
  decrypt: (sealed: Uint8Array): string => safeStorage.decryptString(Buffer.from(sealed)),
};
