// A folder that has installed the packed tarball, and nothing else.

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");

/** The tools that are pinned beside the package's sources. */
export const tool = createRequire(join(root, "crates/wasm/npm/package.json"));

/** The program of a tool. */
export const bin = (name) => join(root, "crates/wasm/npm/node_modules/.bin", name);

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

/** Installs the tarball in a new folder. `more` are files to put beside it, by name. */
export async function install(type, more = {}) {
  const folder = mkdtempSync(join(tmpdir(), "rushes-consumer-"));
  const manifest = { name: "consumer", private: true, type };
  write(folder, { "package.json": JSON.stringify(manifest), ...more });
  await run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball()], { cwd: folder });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes files into a folder. */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** Runs a program in a folder and gives what it printed; its errors are part of the failure. */
export async function output(folder, program, args, env = {}) {
  const environment = { ...process.env, ...env };
  delete environment.NOVITA_API_KEY;
  try {
    return (await run(program, args, { cwd: folder, env: environment, timeout: 240_000 })).stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")} failed:\n${error.stdout}\n${error.stderr}`, { cause: error });
  }
}
