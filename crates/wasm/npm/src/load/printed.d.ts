// The WebAssembly module as printable text; build/printable.mjs writes it.

/** Each byte as one letter, or as `~` or `}` and a letter. */
export const text: string;
/** All 256 bytes in hexadecimal: first those with a letter alone, then those with `~`, then those with `}`. */
export const order: string;
/** The letters. */
export const letters: string;
