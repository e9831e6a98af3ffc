// A folder that has installed the packed tarball, and nothing else.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { output } from "./program.mjs";

const here = resolve(import.meta.dirname, "..");
const root = resolve(here, "../..");

/** The tools that are pinned beside the package's sources. */
export const tool = createRequire(join(root, "crates/wasm/npm/package.json"));

/** The program of a tool. */
export const bin = (name) => join(root, "crates/wasm/npm/node_modules/.bin", name);

/** A file of a runtime or bundler that is pinned beside these tests. */
export const pinned = (file) => join(here, "node_modules", file);

/** The version of a package that is pinned beside these tests. */
export const version = (name) => JSON.parse(readFileSync(pinned(`${name}/package.json`), "utf8")).version.replace(/^v/, "");

/** The packed package. */
export const tarball = () => needed("RUSHES_NPM_TARBALL");

/** A file that the environment must name; without it nothing here would be tested. */
export function needed(variable) {
  const file = process.env[variable];
  if (file === undefined || !existsSync(file)) {
    throw new Error(`${variable} must name a file that exists (it is ${file}); \`cargo xtask test npm\` sets it`);
  }
  return resolve(file);
}

/** Installs the tarball in a new folder, far from all others. `more` are files to put beside it, by name. */
export const install = (type, more = {}) => installIn(tmpdir(), type, more);

/**
 * The same, but where the bundlers that are pinned here are found as a workspace's shared tools are: in the
 * `node_modules` of a folder above. The package itself is in the consumer's own.
 */
export function installNear(type, more = {}) {
  const consumers = join(here, ".consumers");
  mkdirSync(consumers, { recursive: true });
  return installIn(consumers, type, more);
}

async function installIn(parent, type, more) {
  const folder = mkdtempSync(join(parent, "rushes-consumer-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    write(folder, { "package.json": JSON.stringify({ name: "consumer", private: true, type }), ...more });
    const quiet = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
    await output(folder, "npm", ["install", ...quiet, tarball()]);
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}

/** Writes files into a folder, and the folders they lie in. */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The entry points of the package that a consumer has installed, but for those that are made for another package. */
export function entriesOf(folder) {
  const manifest = readFileSync(join(folder, "node_modules/rushes/package.json"), "utf8");
  const { exports, peerDependencies = {} } = JSON.parse(manifest);
  return Object.entries(exports)
    .filter(([path, target]) => typeof target === "object" && !(path.slice(2) in peerDependencies))
    .map(([path]) => path.replace(".", "rushes"));
}
