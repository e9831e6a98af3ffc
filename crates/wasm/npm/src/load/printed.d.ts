// The WebAssembly module as printable text; build/printable.mjs writes it.

/** Each byte as one letter, or as `~` or `}` and a letter. */
export const text: string;
/** In hexadecimal the bytes that the letters stand for alone; `~` and `}` with letters stand for all others in order. */
export const order: string;
/** The letters. */
export const letters: string;
