// Puts the page together: takes what index.html names, minifies it, names it by its content, and writes the folder
// that is served. A program's parts keep their own names in front of the hash.
// Usage: node page.mjs <root> <folder of the divided program> <folder to write> <folder with esbuild in node_modules> <profile>
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join, resolve } from "node:path";

import { withShortNames } from "./binding.mjs";
import { WORKER, writeWorker } from "./offline.mjs";
import { withoutPlaces } from "./places.mjs";

const [root, program, out, esbuildHome, profile] = process.argv.slice(2);
const esbuild = createRequire(join(resolve(esbuildHome), "package.json"))("esbuild");
const minify = profile !== "dev";
const target = "es2022";
/** The module that asks JavaScript for things; the parts ask this one. */
const FIRST = "page_bg.wasm";

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** Writes a file under its name with a hash of its content, and gives its address. */
function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeFileSync(join(out, file), content);
  return `/${file}`;
}

const read = (path) => readFileSync(join(root, path), "utf8");

/**
 * The program's modules by name, and its glue. What is built for development still says where it panicked, and what it
 * calls.
 */
function readProgram() {
  const names = readdirSync(program).filter((name) => name.endsWith(".wasm"));
  const all = new Map(names.map((name) => [name, readFileSync(join(program, name))]));
  const glue = readFileSync(join(program, "page.js"), "utf8");
  if (!minify) return { modules: all, glue };
  const modules = withoutPlaces(all);
  const named = withShortNames(glue, modules.get(FIRST));
  return { modules: modules.set(FIRST, named.program), glue: named.glue };
}

/** The attributes of one tag. */
function attributes(tag) {
  return Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value]) => [name, value ?? ""]));
}

/** The parts of the program that are loaded when they are needed; their loaders then name them by their addresses. */
function parts(modules) {
  const path = join(program, "__wasm_split.js");
  let loaders = readFileSync(path, "utf8");
  for (const [name, module] of modules) {
    if (!/^(split|chunk)_/.test(name)) continue;
    const asked = `new URL("./${name}", import.meta.url)`;
    if (!loaders.includes(asked)) throw new Error(`no loader asks for ${name}`);
    loaders = loaders.replace(asked, JSON.stringify(hashed(name.replace(/^split_/, "part-"), module)));
  }
  if (loaders.includes("import.meta")) throw new Error("a loader asks for a part that is not there");
  writeFileSync(path, loaders);
}

/** The glue: one classic script, which leaves behind the function that starts the program. */
async function bundled(glue) {
  writeFileSync(join(program, "page.js"), glue);
  const entry = join(program, "entry.js");
  writeFileSync(entry, 'import start from "./page.js";\nglobalThis.wasm_bindgen = start;\n');
  const built = await esbuild.build({
    entryPoints: [entry], bundle: true, minify, target, format: "iife", write: false, legalComments: "none", logLevel: "error",
    // Where the program is, is always said: the glue's own guess is for modules.
    define: { "import.meta.url": '""' },
  });
  return hashed("rushes.js", built.outputFiles[0].contents);
}

/** All styles in the order in which they are named: one file compresses better than seven. */
async function styles(paths) {
  const css = await esbuild.transform(paths.map(read).join("\n"), { loader: "css", minify, target });
  return hashed("rushes.css", css.code);
}

async function script(path) {
  const js = await esbuild.transform(read(path), { minify, target });
  return hashed(basename(path), js.code);
}

const { modules, glue } = readProgram();
parts(modules);
const js = await bundled(glue);
const wasm = hashed("rushes.wasm", modules.get(FIRST));

let html = read("index.html");
const sheets = [];
let boot;
const place = {
  css: ({ href }) => void sheets.push(href),
  icon: ({ href, type }) => `<link rel="icon" href="${hashed(basename(href), read(href))}" type="${type}">`,
  "copy-dir": ({ href }) => void cpSync(join(root, href), join(out, basename(href)), { recursive: true }),
  "copy-file": ({ href }) => {
    if (basename(href) === "boot.js") boot = href;
    else cpSync(join(root, href), join(out, basename(href)));
  },
  rust: () => "",
};
html = html.replace(/[ \t]*<link\s+data-trunk\b[^>]*>\n?/g, (tag) => {
  const named = attributes(tag);
  const put = place[named.rel];
  if (!put) throw new Error(`index.html: ${named.rel} is not known here`);
  return put(named) ?? "";
});
if (!boot) throw new Error("index.html names no boot.js");
const head = [
  `<link rel="stylesheet" href="${await styles(sheets)}">`,
  // Neither a module nor deferred: it sets the theme before the first paint.
  `<script src="${await script(boot)}" data-js="${js}" data-wasm="${wasm}" data-worker="/${WORKER}"></script>`,
  `<link rel="preload" href="${js}" as="script">`,
  `<link rel="preload" href="${wasm}" as="fetch" type="application/wasm" crossorigin>`,
].join("");
if (!html.includes("</head>")) throw new Error("index.html has no </head>");
html = html.replace("</head>", `${head}</head>`);
// A run of white space says no more than one space does, and nothing here is preformatted.
if (minify) html = html.replace(/<!--[\s\S]*?-->/g, "").replace(/\s+/g, " ");
writeFileSync(join(out, "index.html"), html);
writeWorker(join(root, "web/worker.js"), out);
