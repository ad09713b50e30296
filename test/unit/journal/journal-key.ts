/** Seals every journal of the tests, those in test/fixtures too. */
export const testKey = new Uint8Array(32).fill(7);
