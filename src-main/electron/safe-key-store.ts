import { safeStorage } from 'electron';
import type { KeyStore } from '../vault/key-store.ts';

/**
 * Opens the operating system's key store; only after the app is ready.
 *
 * A Linux desktop without a key store gets Chromium's scrambling, which must be asked for; `backend` then says
 * `basic_text`, and the desk tells the agent.
 */
export function openSafeKeyStore(): KeyStore {
  if (isBasicText()) safeStorage.setUsePlainTextEncryption(true);
  return {
    backend: () => {
      if (!safeStorage.isEncryptionAvailable()) return 'unavailable';
      return isBasicText() ? 'basic_text' : 'guarded';
    },
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}

/** Only Linux has more than one store to choose from. */
function isBasicText(): boolean {
  return process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
}
