// For those who load `rushes/core.wasm` in their own way: nothing is inlined, and `init` comes first.

import { demandWebAssembly, isForbidden, refused } from "./refused.js";

let given: WebAssembly.Module | undefined;

/** `WebAssembly.Module`, where the types of the engine know it. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer M } } } ? M : object;

/** What {@link init} takes: a compiled module, its bytes, or the answer that brings them. */
export type WasmSource = WasmModule | ArrayBuffer | ArrayBufferView | Response;

/**
 * Hands over the WebAssembly module of `rushes/core.wasm`, once, before anything else of `rushes/slim` is called.
 * Further calls change nothing.
 * Rejects with a `RushesError` of kind `unsupported` where the page's Content-Security-Policy forbids WebAssembly (or the
 * first call after it throws that: WebKit looks at the policy later).
 *
 * @example
 * ```ts
 * import { init, check } from "rushes/slim";
 * await init(fetch("/assets/core.wasm"));
 * ```
 */
export async function init(source: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  const found = await source;
  if (given !== undefined) return;
  if (Object.prototype.toString.call(found) === "[object WebAssembly.Module]") {
    given = found as WebAssembly.Module;
  } else if (typeof Response !== "undefined" && found instanceof Response) {
    if (!found.ok) throw new TypeError(`rushes/slim: the WebAssembly file could not be loaded (HTTP ${found.status})`);
    given = await compile(await found.arrayBuffer());
  } else {
    given = await compile(found as unknown as BufferSource);
  }
}

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  demandWebAssembly();
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    // Anything else is about the bytes, and says so itself.
    throw isForbidden(cause) ? refused(cause) : cause;
  }
}

/** @internal The module that was handed over. */
export function load(): WebAssembly.Module {
  if (given === undefined) throw new TypeError("rushes/slim: call `await init(…)` with rushes/core.wasm first");
  return given;
}
