/**
 * All files of one letter together, in bytes. Mail servers commonly take 35 MB, and a letter carries a file in base64,
 * which is a third longer.
 */
export const maxLetterFilesBytes = 25 * 1024 * 1024;
