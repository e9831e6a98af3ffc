// Everywhere but on edge workers: the module lies in the script as printable text and is compiled on first use. Nothing
// is asked of a bundler, a file server or the caller.

import { letters, order, text } from "#printed";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode());
}

function decode(): Uint8Array<ArrayBuffer> {
  const places = new Uint8Array(128);
  for (let at = 0; at < letters.length; at++) places[letters.charCodeAt(at)] = at;
  // First the bytes with a letter alone, then all others in their order.
  const alone = Array.from(letters, (_, at) => parseInt(order.slice(at * 2, at * 2 + 2), 16));
  const byPlace = Uint8Array.from(new Set([...alone, ...Array(256).keys()]));
  const decoded = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const shift = char === "~" ? 1 : char === "}" ? 2 : 0;
    if (shift > 0) at++;
    const place = (places[text.charCodeAt(at)] ?? 0) + shift * letters.length;
    decoded[length++] = byPlace[place] ?? 0;
  }
  return decoded.slice(0, length);
}
