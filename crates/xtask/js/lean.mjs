// Takes what no script of the page asks for out of the divided program and its glue, before they are optimised.
// Usage: node lean.mjs <folder of the divided program>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { withoutClasses } from "./binding.mjs";

const [folder] = process.argv.slice(2);
const [glue, program, loaders] = ["page.js", "page_bg.wasm", "__wasm_split.js"].map((name) => join(folder, name));
const lean = withoutClasses(readFileSync(glue, "utf8"), readFileSync(loaders, "utf8"), readFileSync(program));
writeFileSync(glue, lean.glue);
writeFileSync(program, lean.program);
