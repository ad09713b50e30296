/**
 * The stored base cannot be trusted: a record does not open under this profile's key, or is missing.
 *
 * Nothing of an agent's work lies in it, so whoever catches this deletes the database and fetches it anew.
 */
export class DamagedCache extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`The cache is damaged: ${what}`, options);
    this.name = 'DamagedCache';
  }
}
