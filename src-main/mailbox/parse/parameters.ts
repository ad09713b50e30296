import { parseParameters } from '#shared/mail/content-parameters.ts';
import { decodeText } from './decode-text.ts';
import { remembered } from './remembered.ts';

/** {@link parseParameters} with the charsets of this runtime. */
export const readParameters = remembered((text) => parseParameters(text, decodeText));
