const token = /\[\s*STP-[0-9A-Z]{8}\s*\]/giu;

/** A subject as people read it: without ticket tokens, which letters carry for machines. */
export function bareSubject(subject: string): string {
  return subject
    .replaceAll(token, ' ')
    .replaceAll(/\s{2,}/gu, ' ')
    .trim();
}
