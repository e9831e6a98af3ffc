// Measures what a browser loads, raw and with brotli (quality 11, each file on its own, as a server sends them).
// Usage: node size.mjs npm <package folder> <folder with esbuild in node_modules> <work folder>
//        node size.mjs page <dist folder>
// Prints {"parts": [{"name", "raw", "brotli"}], "later": […]}: what is loaded at first, and what when it is needed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, relative, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { WORKER } from "./offline.mjs";

function part(name, content) {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  return { name, raw: content.length, brotli: Math.min(content.length, brotliCompressSync(content, options).length) };
}

/** Everything the package exports, bundled and minified for a browser. */
async function npm(packageFolder, esbuildHome, work) {
  const { build } = createRequire(join(resolve(esbuildHome), "package.json"))("esbuild");
  rmSync(work, { recursive: true, force: true });
  // Through node_modules, so that the package's own "exports" decide what a bundler takes.
  mkdirSync(join(work, "node_modules"), { recursive: true });
  cpSync(packageFolder, join(work, "node_modules/rushes"), { recursive: true });
  const entry = join(work, "all.js");
  writeFileSync(entry, 'import * as rushes from "rushes";\nglobalThis.rushes = rushes;\n');
  const outfile = join(work, "all.min.js");
  await build({
    entryPoints: [entry], outfile, bundle: true, minify: true, platform: "browser", format: "esm", target: "es2022",
    legalComments: "none", logLevel: "error",
  });
  return { parts: [part("all of the package, bundled and minified", readFileSync(outfile))] };
}

/**
 * At first: `index.html` and every file of our own that one of its attributes names; a minified page has no quotes.
 * Later: the parts of the program, by name. What several of them share comes in `chunk` files, which are one sum here:
 * which there are changes with the code.
 */
function page(dist) {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const named = new Set(["index.html"]);
  for (const [, double, single, bare] of html.matchAll(/=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
    const value = (double ?? single ?? bare).replace(/[#?].*$/, "").replace(/^(\.?\/)+/, "");
    const path = resolve(dist, value);
    // Asked for when the page stands and nothing else is to be done.
    if (basename(path) === WORKER) continue;
    if (!relative(dist, path).startsWith("..") && existsSync(path) && statSync(path).isFile()) named.add(relative(dist, path));
  }
  // A page without its program was not measured.
  for (const ending of [".js", ".wasm", ".css"]) {
    if (![...named].some((name) => name.endsWith(ending))) throw new Error(`index.html names no ${ending} file`);
  }
  const later = new Map();
  for (const file of readdirSync(dist).sort()) {
    const [, name] = /^(part-\w+|chunk)\b.*\.wasm$/.exec(file.replace(/^chunk_/, "chunk-")) ?? [];
    if (!name) continue;
    const one = part(name.replace(/^part-(.*)$/, "$1").replace(/^chunk$/, "shared"), readFileSync(join(dist, file)));
    const sum = later.get(one.name) ?? { name: one.name, raw: 0, brotli: 0 };
    later.set(one.name, { name: one.name, raw: sum.raw + one.raw, brotli: sum.brotli + one.brotli });
  }
  return { parts: [...named].map((name) => part(name, readFileSync(join(dist, name)))), later: [...later.values()] };
}

const [what, ...rest] = process.argv.slice(2);
const measures = { npm, page: (dist) => page(resolve(dist)) };
console.log(JSON.stringify(await measures[what](...rest)));
