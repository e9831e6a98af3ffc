/**
 * As `rushes`, without the WebAssembly inside: {@link init} takes it.
 *
 * @packageDocumentation
 */

export * from "./index.js";
export { init, type WasmModule, type WasmSource } from "./load/slim.js";
