// wasm-bindgen's glue keeps its state (the instance, views of its memory, finalizers) in its module. Here it becomes a
// function that makes all of it anew, so that an instance that broke can be replaced, and importing has no effect.

/** The source of a module that exports `instantiate(module)`. */
export function factoryOf(glue) {
  const names = [];
  const body = glue.replace(/^export (class|function) (\w+)/gm, (_, kind, name) => {
    names.push(name);
    return `${kind} ${name}`;
  });
  if (/^(export|import)\b/m.test(body)) throw new Error("wasm-bindgen's glue has a form that is not known here");
  const setter = names.find((name) => name === "__wbg_set_wasm");
  if (setter === undefined) throw new Error("wasm-bindgen's glue does not take an instance");
  const imports = names.filter((name) => name.startsWith("__wb") && name !== setter);
  const exports = names.filter((name) => !name.startsWith("__wb"));
  return `export function instantiate(module) {
${body}
const instance = new WebAssembly.Instance(module, { "./core_bg.js": { ${imports.join(", ")} } });
${setter}(instance.exports);
instance.exports.__wbindgen_start?.();
return { memory: instance.exports.memory, ${exports.join(", ")} };
}
`;
}
