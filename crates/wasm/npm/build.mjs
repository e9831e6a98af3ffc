// Makes the npm package of the module that cargo built:
//
//   node build.mjs --wasm target/wasm32-unknown-unknown/wasm-release/rushes_wasm.wasm --map target/npm/linked.map
//     --out target/npm/package
//
// The map is the linker's (`-Map`).
//
// RUSHES_WASM_BINDGEN and RUSHES_WASM_OPT name the two programs, where they are not found on the PATH or here.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import binaryen from "binaryen";
import { build } from "esbuild";

import { bundleDeclarations } from "./build/declarations.mjs";
import { plainOf } from "./build/plain.mjs";
import { LETTERS, print } from "./build/printable.mjs";
import { prune } from "./build/prune.mjs";
import { FEATURES, quiet } from "./build/quiet.mjs";
import { streamsOf } from "./build/streams.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const options = parseArgs({ options: { wasm: { type: "string" }, map: { type: "string" }, out: { type: "string" } } }).values;
if (options.wasm === undefined || options.map === undefined || options.out === undefined) {
  throw new Error("usage: node build.mjs --wasm <module built by cargo> --map <its linker's map> --out <folder of the package>");
}
const out = resolve(options.out);
const work = join(dirname(out), "work");
const dist = join(out, "dist");
for (const folder of [out, work]) rmSync(folder, { recursive: true, force: true });
for (const folder of [dist, work]) mkdirSync(folder, { recursive: true });

/** Where npm puts the programs of a package. */
const bin = (name) => join(here, "node_modules/.bin", name);
const run = (program, args) => execFileSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });

// 1. The module made small. Nothing of wasm-bindgen's glue is needed: only numbers are carried (wasm/src/exports.rs).
run(process.env.RUSHES_WASM_BINDGEN ?? "wasm-bindgen", [
  ...["--target", "bundler", "--no-typescript", "--out-name", "core", "--out-dir", work],
  ...["--remove-producers-section", resolve(options.wasm)],
]);
writeFileSync(join(work, "quiet.wasm"), quiet(readFileSync(join(work, "core_bg.wasm"))));
const optimise = (from, to, ...passes) =>
  run(process.env.RUSHES_WASM_OPT ?? bin("wasm-opt"), [
    ...[...passes, "--strip-debug", "--strip-producers", "--strip-target-features"],
    ...Object.keys(FEATURES).map((feature) => `--enable-${feature}`),
    ...[from, "-o", to],
  ]);
// No function is put into its only caller, and no access says how its address is aligned, which engines do not look at:
// what brotli then makes of the module is smaller.
const SMALLER = ["--one-caller-inline-max-function-size=0", "--simplify-locals-nostructure", "--reorder-locals", "--dealign"];
optimise(join(work, "quiet.wasm"), join(work, "small.wasm"), "-Oz", "--converge", ...SMALLER);
writeFileSync(join(work, "pruned.wasm"), prune(readFileSync(join(work, "small.wasm")), readFileSync(options.map, "latin1")));
optimise(join(work, "pruned.wasm"), join(dist, "core.wasm"), "--memory-packing");
const module = readFileSync(join(dist, "core.wasm"));
const imports = WebAssembly.Module.imports(new WebAssembly.Module(module)).map(({ name }) => name);
if (imports.length > 0) throw new Error(`the module asks for ${imports.join(", ")}, which nobody gives it`);
const { rest, opcodes, operands, ...laid } = streamsOf(module);
const weaver = binaryen.parseText(readFileSync(join(here, "build/weaver.wat"), "utf8"));
weaver.setFeatures(FEATURES["bulk-memory"] | FEATURES["bulk-memory-opt"]);
binaryen.setShrinkLevel(2);
weaver.optimize();
const printed = {
  ...{ rest: print(rest, true), opcodes: print(opcodes), operands: print(operands), ...laid, letters: LETTERS },
  weaver: Buffer.from(weaver.emitBinary()).toString("base64"),
};
const exported = Object.entries(printed).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
writeFileSync(join(work, "printed.js"), exported.join(""));
writeFileSync(join(work, "plain.js"), plainOf(JSON.parse(readFileSync(join(here, "build/plain.json"), "utf8"))));

// 2. The scripts: one per way to load the module, and one per subpath that stands on the package: those import it by its
// own name, so that every environment gives them the same copy that its user has.
const BESIDE = ["testing", "observe", "react", "ai-sdk", "store", "store-node"];
const PACKAGES = ["rushes", "react"];
const script = (entry, file, load, format = "esm") =>
  build({
    entryPoints: [join(here, "src", `${entry}.ts`)],
    outfile: join(dist, file),
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
    external: ["./core.wasm", "./core.wasm?module", "node:*", ...PACKAGES],
    alias: {
      "#load": join(here, "src/load", `${load}.ts`),
      "#printed": join(work, "printed.js"),
      "#plain": join(work, "plain.js"),
    },
  });
/** The command `rushes`: for Node alone, upon the package as it lies beside it. */
const command = () =>
  build({
    entryPoints: [join(here, "src/cli/main.ts")],
    outfile: join(dist, "cli.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
    plugins: [
      {
        name: "package",
        setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./index.js", external: true })),
      },
    ],
  });
/** What the script makes of the text must be the module itself. */
const checkPrinted = async () => {
  const alias = { "#printed": join(work, "printed.js") };
  const outfile = join(work, "inline.js");
  await build({ entryPoints: [join(here, "src/load/inline.ts")], outfile, bundle: true, format: "esm", alias });
  const { bytes } = await import(pathToFileURL(outfile).href);
  if (!module.equals(bytes())) throw new Error("the printed module is not the one that was printed");
};
await Promise.all([
  checkPrinted(),
  script("index", "index.js", "inline"),
  script("index", "index.cjs", "inline", "cjs"),
  script("index", "index.workerd.js", "workerd"),
  script("index", "index.edge.js", "edge"),
  script("slim", "slim.js", "slim"),
  script("slim", "slim.cjs", "slim", "cjs"),
  command(),
  ...BESIDE.flatMap((entry) => [script(entry, `${entry}.js`, "slim"), script(entry, `${entry}.cjs`, "slim", "cjs")]),
]);

// 3. The declarations, for both kinds of modules.
const types = join(work, "types");
run(bin("tsc"), ["--project", join(here, "tsconfig.json"), "--outDir", types]);
run(bin("tsc"), ["--project", join(here, "tsconfig.node.json"), "--outDir", types]);
run(bin("tsc"), ["--project", join(here, "tsconfig.cli.json")]);
for (const entry of ["index", "slim", ...BESIDE]) {
  const declarations = bundleDeclarations(types, entry);
  for (const kind of ["ts", "cts"]) writeFileSync(join(dist, `${entry}.d.${kind}`), declarations);
}

// 4. What stands beside them.
const { devDependencies, ...manifest } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
cpSync(join(here, "README.md"), join(out, "README.md"));
cpSync(join(here, "schema"), join(out, "schema"), { recursive: true });
chmodSync(join(dist, "cli.js"), 0o755);
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) {
  const file = join(root, name);
  if (!existsSync(file)) throw new Error(`${name} is missing at the root of the project`);
  cpSync(file, join(out, name));
}
