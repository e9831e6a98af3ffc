// What the program and its glue call each other. wasm-bindgen names each thing so that it can be told from all others of
// all programs: here there is one program, and its names are a twentieth of what is loaded first.
//
// Both are printed by the one version of wasm-bindgen that the lock file names, so the glue's lines have one form; where
// they have another, the build fails.

import { withExports, withImports } from "./modules.mjs";

/** Where the program's imports come from, as wasm-bindgen says it. */
const GLUE = "./page_bg.js";
/** A function that the program imports. */
const IMPORTED = /^ {8}(__wb\w+): function\([\s\S]*?\n {8}\}(?:, arguments\); \})?,\n/gm;
/** Classes that no script of the page makes: a dependency exports them, used or not. */
const CLASS = /^export class (\w+) \{[\s\S]*?\n\}\nif \(Symbol\.dispose\) \1\.[^\n]*\n/gm;
const FINALIZER = /^const \w+Finalization = [\s\S]*?;\n/gm;

/** The glue and the program without what the dependencies' classes ask for, and without exports that nobody asks for. */
export function withoutClasses(glue, loaders, program) {
  const lean = glue.replace(CLASS, "").replace(FINALIZER, "");
  if (/^export class|Finalization\(/m.test(lean)) throw new Error("the glue prints classes in a form that is not known here");
  const asked = new Set([...`${lean}\n${loaders}`.matchAll(/[\w$]+/g)].map(([word]) => word));
  return { glue: lean, program: withExports(program, (name) => (asked.has(name) ? name : undefined)) };
}

/** The glue and the program with short names for each other; functions that the program no longer imports are gone. */
export function withShortNames(glue, program) {
  const names = new Map();
  const short = (name) => {
    if (!names.has(name)) names.set(name, letters(names.size));
    return names.get(name);
  };
  let brief = withImports(program, (from, name) => (from === GLUE ? ["a", short(name)] : [from, name]));
  const imported = new Set(names.keys());
  let known = 0;
  let bound = glue.replace(IMPORTED, (text, name) => {
    if (!imported.has(name)) return "";
    known += 1;
    return text.replace(name, names.get(name));
  });
  if (known !== imported.size) throw new Error(`of ${imported.size} imports, ${known} are in the glue in a form that is known here`);
  bound = bound.replace(`"${GLUE}": import0`, "a: import0");
  // Closures are called by the names that the linker gave them.
  brief = withExports(brief, (name) => {
    const call = `wasm.${name}(`;
    if (!name.startsWith("_ZN") || !bound.includes(call)) return name;
    bound = bound.replaceAll(call, `wasm.${short(name)}(`);
    return short(name);
  });
  return { glue: bound, program: brief };
}

/** a, b, … z, aa, ab, … */
function letters(index) {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
