// What the tarball says of itself, by the judges that publishers use, and what is in it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { bin, install, tarball } from "./support/consumer.mjs";
import { output } from "./support/program.mjs";

test("publint finds nothing", async () => {
  const printed = await output(".", process.execPath, [bin("publint"), "run", tarball(), "--strict"]);
  assert.match(printed, /All good/);
});

test("are the types wrong? They are not", async () => {
  // `./core.wasm` is a file for bundlers and has no types.
  await output(".", process.execPath, [bin("attw"), tarball(), "--profile", "node16", "--exclude-entrypoints", "core.wasm"]);
});

test("the tarball holds what it should and nothing else", async (t) => {
  const consumer = await install("module");
  t.after(consumer.remove);
  const folder = join(consumer.folder, "node_modules/rushes");
  const papers = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];
  assert.deepEqual(readdirSync(folder).sort(), [...papers, "dist", "package.json", "schema"]);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const key of ["dependencies", "optionalDependencies", "devDependencies", "scripts"]) {
    assert.equal(manifest[key], undefined, key);
  }
  for (const peer of Object.keys(manifest.peerDependencies)) assert.deepEqual(manifest.peerDependenciesMeta[peer], { optional: true });
  assert.equal(manifest.sideEffects, false);
  // Programs run in Node alone; libraries go through bundlers, under policies.
  const programs = Object.values(manifest.bin ?? {}).map((file) => file.replace("dist/", ""));
  const libraries = readdirSync(join(folder, "dist")).filter((name) => /\.c?js$/.test(name) && !programs.includes(name));
  for (const name of libraries) {
    const text = readFileSync(join(folder, "dist", name), "utf8");
    for (const banned of [/import\.meta/, /\beval\(/, /new Function\(/]) {
      assert.doesNotMatch(text, banned, name);
    }
  }
});
