// Everywhere but on edge workers: the module lies in the script as printable text and is compiled on first use. Nothing
// is asked of a bundler, a file server or the caller.

import { letters, order, text } from "#printed";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode());
}

const TILDE = 126;
const BRACE = 125;

function decode(): Uint8Array<ArrayBuffer> {
  // First the bytes with a letter alone, then all others in their order.
  const alone = Array.from(letters, (_, at) => parseInt(order.slice(at * 2, at * 2 + 2), 16));
  const byPlace = [...new Set([...alone, ...Array(256).keys()])];
  // By the letter, and which of the two stands before it, if one does.
  const bytes = new Uint8Array(384);
  for (let at = 0; at < letters.length; at++) {
    for (let shift = 0; shift < 3; shift++) {
      bytes[(shift << 7) | letters.charCodeAt(at)] = byPlace[at + shift * letters.length] ?? 0;
    }
  }
  const decoded = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code === TILDE) code = 128 | text.charCodeAt(++at);
    else if (code === BRACE) code = 256 | text.charCodeAt(++at);
    decoded[length++] = bytes[code] ?? 0;
  }
  return decoded.slice(0, length);
}
