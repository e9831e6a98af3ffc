// Everywhere but on edge workers: the module lies in the script as base64 and is compiled on first use. Nothing is
// asked of a bundler, a file server or the caller.

import base64 from "#base64";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode(base64));
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (typeof native.fromBase64 === "function") return native.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
