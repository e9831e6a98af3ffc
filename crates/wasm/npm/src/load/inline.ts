// Everywhere but on edge workers: the module lies in the script as printable text and is compiled on first use. Nothing
// is asked of a bundler, a file server or the caller.

import { letters, order, text } from "#printed";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode());
}

function decode(): Uint8Array<ArrayBuffer> {
  const ranks = new Uint8Array(128);
  for (let rank = 0; rank < letters.length; rank++) ranks[letters.charCodeAt(rank)] = rank;
  const byRank = Uint8Array.from({ length: 256 }, (_, rank) => parseInt(order.slice(rank * 2, rank * 2 + 2), 16));
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const shift = char === "~" ? 1 : char === "}" ? 2 : 0;
    if (shift > 0) at++;
    const rank = (ranks[text.charCodeAt(at)] ?? 0) + shift * letters.length;
    bytes[length++] = byRank[rank] ?? 0;
  }
  return bytes.slice(0, length);
}
