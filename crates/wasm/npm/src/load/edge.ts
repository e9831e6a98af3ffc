// As for workers; with `?module` Turbopack and Vercel make a compiled module of the file.

// @ts-ignore: the file is put beside this one by build.mjs.
import module from "./core.wasm?module";

/** The compiled module. It may come from another realm, so nothing asks `instanceof`. */
export function load(): WebAssembly.Module {
  return module as WebAssembly.Module;
}
