/** The WebAssembly module; build.mjs puts it in. */
declare const base64: string;
export default base64;
