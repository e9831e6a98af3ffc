// Workers refuse to compile bytes while they serve a request; a static import of the file is compiled beforehand.

// @ts-ignore: the file is put beside this one by build.mjs, and bundlers of workers make a module of it.
import module from "./core.wasm";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return module as WebAssembly.Module;
}
