/** What becomes of a line of a letter. */
export type LineFate = 'reply' | 'quote' | 'signature';
