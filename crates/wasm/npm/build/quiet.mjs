// A panic in the module ends in a trap; nothing ever shows its message (there is no console to print to). So the code
// that would format it is taken out, and wasm-opt then drops what only it used.

import binaryen from "binaryen";

/** Functions of Rust's libraries, and of wasm-bindgen, that never return. */
const NEVER_RETURN = [
  /^core(\[\w+\])?::panicking::/,
  /^core(\[\w+\])?::(option|result|str|slice)::.*(_failed|_fail|_fail_rt)$/,
  /^std(\[\w+\])?::panicking::panic_with_hook$/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic)$/,
  /^alloc(\[\w+\])?::(raw_vec::(capacity_overflow|handle_error)|alloc::handle_alloc_error)$/,
];

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

/** The module's bytes with those paths blanked, in place: nothing moves. */
export function withoutPaths(bytes) {
  const text = Buffer.from(bytes).toString("latin1");
  return Buffer.from(text.replace(SOURCE_PATH, (path) => "\0".repeat(path.length)), "latin1");
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
    if (found === 0) throw new Error("no panicking function found: has the module lost its name section?");
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
