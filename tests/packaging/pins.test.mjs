// The runtimes and bundlers: each at one version, installed as pinned, and named in the table of README.md.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { pinned } from "./support/consumer.mjs";

const read = (name) => readFileSync(join(import.meta.dirname, name), "utf8");
const { dependencies, optionalDependencies } = JSON.parse(read("package.json"));
const { packages } = JSON.parse(read("package-lock.json"));
const all = Object.entries({ ...dependencies, ...optionalDependencies });

test("each is pinned to one version, in the lock file too", () => {
  for (const [name, wanted] of all) {
    const version = /^(?:npm:.+@)?(\d+\.\d+\.\d+)$/.exec(wanted)?.[1];
    assert.ok(version !== undefined, `${name} is pinned to ${wanted}`);
    assert.equal(packages[`node_modules/${name}`]?.version.replace(/^v/, ""), version, name);
  }
  assert.deepEqual(packages[""].dependencies, dependencies);
  assert.deepEqual(packages[""].optionalDependencies, optionalDependencies);
});

test("what is installed is what the lock file says", () => {
  let count = 0;
  for (const [folder, { version }] of Object.entries(packages)) {
    const manifest = pinned(`../${folder}/package.json`);
    if (folder === "" || !existsSync(manifest)) continue;
    assert.equal(JSON.parse(readFileSync(manifest, "utf8")).version.replace(/^v/, ""), version.replace(/^v/, ""), folder);
    count++;
  }
  assert.ok(count >= Object.keys(dependencies).length, `${count} packages are installed`);
});

test("the table of README.md names every version", () => {
  const table = read("README.md");
  for (const [name, wanted] of all) assert.ok(table.includes(wanted.split("@").at(-1)), `${name} ${wanted}`);
});

test("the oldest Node is the oldest that the package promises", () => {
  const { engines } = JSON.parse(read("../../crates/wasm/npm/package.json"));
  const versions = Object.values(optionalDependencies).map((wanted) => wanted.split("@").at(-1).split(".").map(Number));
  const [major, minor] = versions.sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
  assert.equal(engines.node, `>=${major}.${minor}`);
});
