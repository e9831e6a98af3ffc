// Bytes as printable text that still compresses. Base64 cuts three bytes into four characters, and whatever repeats at
// another offset looks new: brotli then needs some 28 % more than for the bytes themselves. Here each byte is one
// character, or two for the rarer ones, so repetitions stay repetitions, and it costs some 3 %.

/** Harmless in every kind of string literal, in HTML and in any ASCII-compatible encoding. */
const LETTERS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
  .filter((letter) => !"\"'`\\$<~}".includes(letter))
  .join("");
/** What stands before the letter of a rarer byte, and of an even rarer one. */
const SHIFTS = ["", "~", "}"];

/** The text, and what reads it again (src/load/inline.ts): the letters, and the bytes by how common they are. */
export function print(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  const words = [];
  order.forEach((byte, rank) => {
    words[byte] = SHIFTS[Math.floor(rank / LETTERS.length)] + LETTERS[rank % LETTERS.length];
  });
  const text = Array.from(bytes, (byte) => words[byte]).join("");
  return { text, order: Buffer.from(order).toString("hex"), letters: LETTERS };
}
