import { generatePassword } from './generate-password.ts';

/** A new password from the browser's own source of randomness. */
export function newPassword(): string {
  return generatePassword((count) => crypto.getRandomValues(new Uint8Array(count)));
}
