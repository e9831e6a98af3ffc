// wasm-bindgen's glue keeps its state (the instance, views of its memory, finalizers) in its module. Here it becomes a
// function that makes all of it anew, so that an instance that broke can be replaced, and importing has no effect.

import { transformSync } from "esbuild";

/** The source of a module that exports `instantiate(module)`, with as much of the glue as the module still needs. */
export function factoryOf(glue, module) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(module)).map(({ name }) => name);
  const names = [];
  const kept = glue
    // A call that only warms up, and an object that only it keeps.
    .replace(/^cachedTextDecoder\.decode\(\);$/m, "")
    .replace(/^let cachedTextDecoder = new /m, "let cachedTextDecoder = /* @__PURE__ */ new ")
    .replace(/^export (class|function) (\w+)/gm, (whole, kind, name) => {
      if (name.startsWith("__wb") && name !== SETTER && !imports.includes(name)) return `${kind} ${name}`;
      names.push(name);
      return whole;
    });
  const { code } = transformSync(kept, { treeShaking: true, format: "esm", target: "es2022", charset: "utf8" });
  const body = code.replace(/^export \{[^}]*\};\n/m, "");
  if (/^(export|import)\b/m.test(body)) throw new Error("wasm-bindgen's glue has a form that is not known here");
  if (!names.includes(SETTER)) throw new Error("wasm-bindgen's glue does not take an instance");
  const exports = names.filter((name) => !name.startsWith("__wb"));
  return `export function instantiate(module) {
${body}
const instance = new WebAssembly.Instance(module, { "./core_bg.js": { ${imports.join(", ")} } });
${SETTER}(instance.exports);
return { memory: instance.exports.memory, ${exports.join(", ")} };
}
`;
}

const SETTER = "__wbg_set_wasm";
