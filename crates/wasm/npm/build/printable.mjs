// Bytes as printable text that still compresses. Base64 cuts three bytes into four characters, and whatever repeats at
// another offset looks new: brotli then needs some 28 % more than for the bytes themselves. Here each byte is one
// character, or two for the rarer ones, so repetitions stay repetitions, and it costs some 3 %. In what holds words
// small letters stand for themselves: the words of messages are in brotli's own dictionary.

/** Harmless in every kind of string literal, in HTML and in any ASCII-compatible encoding. */
export const LETTERS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
  .filter((letter) => !"\"'`\\$<~}".includes(letter))
  .join("");
/** What stands before the letter of a rarer byte. */
const SHIFTS = ["~", "}"];

/**
 * The text, and in hexadecimal the bytes that the letters stand for, by which src/load/inline.ts reads it again. What
 * `isWords` keeps its small letters.
 */
export function print(bytes, isWords = false) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const isOwn = (letter) => isWords && /[a-z ]/.test(letter);
  const own = new Set([...LETTERS].filter(isOwn).map((letter) => letter.charCodeAt(0)));
  const common = Array.from(counts.keys())
    .filter((byte) => !own.has(byte))
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const alone = [...LETTERS].map((letter) => (isOwn(letter) ? letter.charCodeAt(0) : common.shift()));
  const words = [];
  alone.forEach((byte, at) => (words[byte] = LETTERS[at]));
  common
    .sort((a, b) => a - b)
    .forEach((byte, at) => (words[byte] = SHIFTS[Math.floor(at / LETTERS.length)] + LETTERS[at % LETTERS.length]));
  const text = Array.from(bytes, (byte) => words[byte]).join("");
  return { text, order: Buffer.from(alone).toString("hex") };
}
