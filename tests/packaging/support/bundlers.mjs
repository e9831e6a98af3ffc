// The bundlers, each as it is when one has just installed it: no configuration but what it cannot do without.

import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { installNear, pinned, write } from "./consumer.mjs";
import { output, started } from "./program.mjs";

const PAGE =
  '<!doctype html><title>Consumer</title><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>';

const vite = (from, ...args) => ({ from, script: "bin/vite.js", args });
const webpack = (from) => ({
  ...{ name: "webpack", from, tool: "webpack-cli", script: "bin/cli.js", args: ["build"] },
  ...{ env: { WEBPACK_PACKAGE: from }, source: "src", main: "index.js" },
});

/**
 * What a developer types. Each finds `main.js` (or what `main` says, in the folder `source`) and fills `dist/`, but for
 * development servers, which say where they serve. `older`: still met, and not the newest.
 */
export const BUNDLERS = [
  { name: "Vite, build", ...vite("vite", "build") },
  { name: "Vite, dev", ...vite("vite", "--host", "127.0.0.1"), serves: /Local:\s+(http:\S+)/ },
  { name: "Vite, build", ...vite("vite-5", "build"), older: true },
  { name: "Vite, dev", ...vite("vite-5", "--host", "127.0.0.1"), older: true, serves: /Local:\s+(http:\S+)/ },
  webpack("webpack"),
  { ...webpack("webpack-5.91"), older: true },
  {
    name: "Rollup",
    from: "rollup",
    script: "dist/bin/rollup",
    // Rollup finds no package without this plugin.
    args: ["main.js", "--plugin", "node-resolve", "--dir", "dist"],
  },
  { name: "esbuild", from: "esbuild", script: "bin/esbuild", args: ["main.js", "--bundle", "--outdir=dist"] },
  {
    name: "Bun",
    from: `@oven/bun-${process.platform}-${process.arch.replace("arm64", "aarch64")}`,
    program: "bin/bun",
    args: ["build", "main.js", "--outdir", "dist"],
  },
];

/** Where a bundler looks for the main script of a project. */
export const mainOf = ({ source = "", main = "main.js" }) => join(source, main);

/** A consumer of the package with the text of its main script, and others beside it, where a bundler looks for them. */
export function project(bundler, text, others = {}) {
  const { source = "" } = bundler;
  const files = { "index.html": PAGE, [mainOf(bundler)]: text };
  for (const [name, other] of Object.entries(others)) files[join(source, name)] = other;
  return installNear("module", files);
}

/** Builds a project; gives the folder of what was built, with a page that loads it. */
export async function build(bundler, folder) {
  const dist = join(folder, "dist");
  rmSync(dist, { recursive: true, force: true });
  await output(folder, ...command(bundler), bundler.env);
  if (!readdirSync(dist).includes("index.html")) write(dist, { "index.html": PAGE });
  return dist;
}

/** Starts a bundler's own server of a project. */
export const develop = (bundler, folder) => started(folder, ...command(bundler), bundler.serves, bundler.env);

/** All scripts of a folder, one after the other. */
export function scripts(dist) {
  const files = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith(".js"));
  return files.map((name) => readFileSync(join(dist, name), "utf8")).join("\n");
}

function command({ from, tool = from, script, program, args }) {
  if (program !== undefined) return [pinned(`${from}/${program}`), args];
  return [process.execPath, [pinned(`${tool}/${script}`), ...args]];
}
