// The packed package, installed as others install it.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

import { run } from "./program.mjs";
import { here, needed, work } from "./settings.mjs";

const consumer = join(work, "consumer");

/** The installed package. */
export const installed = join(consumer, "node_modules/rushes");

/** What `import "rushes"` loads. */
export const entry = join(installed, "dist/index.js");

/** Installs the tarball in a folder that has nothing else; gives its version. */
export async function install() {
  rmSync(consumer, { recursive: true, force: true });
  mkdirSync(consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error"];
  await run("npm", ["install", ...quiet, needed("RUSHES_NPM_TARBALL")], consumer);
  return JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).version;
}

/** Bundles a script of this bench, with `rushes` being the installed package, into a file of its own. */
export async function bundle(script, name, options = {}) {
  const outfile = join(work, name);
  await build({
    ...(typeof script === "string"
      ? { entryPoints: [join(here, script)] }
      : { stdin: { contents: script.text, resolveDir: here } }),
    outfile,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
    alias: { rushes: entry },
    ...options,
  });
  return outfile;
}
