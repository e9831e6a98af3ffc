// A panic in the module ends in a trap; nothing ever shows its message (there is no console to print to). So the code
// that would format it is taken out, and wasm-opt then drops what only it used.

import binaryen from "binaryen";

import { segments } from "./segments.mjs";

/** Functions of Rust's libraries, and of wasm-bindgen, that never return. */
const NEVER_RETURN = [
  /^core(\[\w+\])?::(panicking|cell::panic_\w+)\b/,
  /^core(\[\w+\])?::(option|result|str|slice)::.*(_failed|_fail|_fail_rt)$/,
  /^std(\[\w+\])?::panicking::panic_with_hook$/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic)$/,
  /^alloc(\[\w+\])?::(raw_vec::(capacity_overflow|handle_error)|alloc::handle_alloc_error)$/,
  /^wasm_bindgen::(throw_str|__rt::(borrow_fail|throw_null|malloc_failure))\b/,
];

/** What wasm-bindgen exports for its own carrying of values and errors; here only numbers are carried. */
const UNUSED_EXPORTS = ["__wbindgen_start", "__wbindgen_externrefs", "__abort_handler", "__instance_terminated"];

/** What rustc 1.95 turns on for wasm32-unknown-unknown. The tools must know it, and must not use anything newer. */
export const FEATURES = {
  "bulk-memory": binaryen.Features.BulkMemory,
  "bulk-memory-opt": binaryen.Features.BulkMemoryOpt,
  "call-indirect-overlong": binaryen.Features.CallIndirectOverlong,
  multivalue: binaryen.Features.Multivalue,
  "mutable-globals": binaryen.Features.MutableGlobals,
  "nontrapping-float-to-int": binaryen.Features.NontrappingFPToInt,
  "reference-types": binaryen.Features.ReferenceTypes,
  "sign-ext": binaryen.Features.SignExt,
};

/** Paths of Rust sources, which only panics tell: of no use without their messages, and they name the building machine. */
const SOURCE_PATH = /(?:\/rustc\/|\/rust\/deps\/|\/[\w./-]*\/\.cargo\/registry\/src\/|\bcrates\/)[\w./@+-]*?\.rs/g;
/** Bytes of a place in a source: where its path lies, the path's length, line and column. */
const PLACE_BYTES = 16;

/** The module's bytes with those paths, and the places in them, zeroed where they lie: nothing moves. */
function withoutPaths(bytes) {
  const quieted = Buffer.from(bytes);
  const lengths = new Map();
  const data = segments(quieted);
  for (const { address, start, end } of data) {
    const text = quieted.latin1Slice(start, end);
    for (const { 0: path, index } of text.matchAll(SOURCE_PATH)) {
      lengths.set(address + index, path.length);
      quieted.fill(0, start + index, start + index + path.length);
    }
  }
  for (const { address, start, end } of data) {
    for (let at = start + (-address & 3); at + PLACE_BYTES <= end; at += 4) {
      const length = lengths.get(quieted.readUInt32LE(at));
      if (length !== undefined && quieted.readUInt32LE(at + 4) === length) quieted.fill(0, at, at + PLACE_BYTES);
    }
  }
  return quieted;
}

/** The module with those functions replaced by a trap. It must have its name section. */
export function quiet(bytes) {
  const module = binaryen.readBinary(bytes);
  try {
    module.setFeatures(Object.values(FEATURES).reduce((all, one) => all | one, 0));
    let found = 0;
    for (let at = 0; at < module.getNumFunctions(); at++) {
      const reference = module.getFunctionByIndex(at);
      const { name, module: from } = binaryen.getFunctionInfo(reference);
      if (from !== "" || !NEVER_RETURN.some((pattern) => pattern.test(name))) continue;
      binaryen.Function.setBody(reference, module.unreachable());
      found++;
    }
    for (const name of UNUSED_EXPORTS) module.removeExport(name);
    if (found === 0) throw new Error("no panicking function found: has the module lost its name section?");
    return withoutPaths(module.emitBinary());
  } finally {
    module.dispose();
  }
}
