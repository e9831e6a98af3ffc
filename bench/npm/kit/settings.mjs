// What the environment says: what is measured, with what, and how thoroughly.

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder of this bench. */
export const here = resolve(import.meta.dirname, "..");

/** Where it leaves what it builds. */
export const work = resolve(here, "../../target/bench/npm");

/** Few rounds: enough to see that everything works, too few to quote a number. */
export const quick = (process.env.RUSHES_BENCH_QUICK ?? "") !== "";

/** One number for a thorough run, one for a quick one. */
export const times = (thorough, few) => (quick ? few : thorough);

/** A file that the environment must name. */
export function needed(variable) {
  const file = process.env[variable];
  if (file === undefined || !existsSync(file)) {
    throw new Error(`${variable} must name a file that exists (it is ${file}); \`cargo xtask bench npm\` sets it`);
  }
  return resolve(file);
}

/** The version of a peer that is installed here. */
export const version = (name) =>
  JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8")).version;

/** Every peer and tool that is installed here by name, with its version. */
export const allVersions = () => {
  const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  return Object.fromEntries(Object.keys(dependencies).map((name) => [name, version(name)]));
};

/** Names with their versions, as a report shows them. */
export const versions = (...names) => names.map((name) => `${name} ${version(name)}`).join(", ");

/** Says what is being measured now. */
export const now = (what) => process.stderr.write(`${what}\n`);
