// How the packed tarball comes alive: lazily, once, in copies that know each other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { install } from "./support/consumer.mjs";
import { output } from "./support/program.mjs";

test("both copies in one process know each other's errors", async (t) => {
  const text = `import * as esm from "rushes";
import { createRequire } from "node:module";
const cjs = createRequire(import.meta.url)("rushes");
const error = await new esm.Rushes({ apiKey: null }).textToVideo.create({ prompt: "" }).catch((error) => error);
console.log(JSON.stringify([esm.RushesError === cjs.RushesError, error instanceof cjs.RushesError, cjs.RushesError.is(error)]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  const printed = await output(consumer.folder, process.execPath, ["main.mjs"]);
  assert.deepEqual(JSON.parse(printed), [false, false, true]);
});

test("importing compiles nothing, and the wasm can be brought along", async (t) => {
  const text = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
let compiled = 0;
const { Module } = WebAssembly;
WebAssembly.Module = class extends Module { constructor(bytes) { super(bytes); compiled++; } };
const { check } = await import("rushes");
const before = compiled;
check("text-to-video", { prompt: "A fox" });
check("text-to-video", { prompt: "A fox" });
const slim = await import("rushes/slim");
let early;
try { slim.check("text-to-video", {}); } catch (error) { early = error.message; }
await slim.init(readFileSync(createRequire(import.meta.url).resolve("rushes/core.wasm")));
console.log(JSON.stringify([before, compiled, /init/.test(early), slim.check("text-to-video", { prompt: "A fox" }).ok]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  const printed = await output(consumer.folder, process.execPath, ["main.mjs"]);
  assert.deepEqual(JSON.parse(printed), [0, 1, true, true]);
});

test("an instance that was stopped in the middle is replaced", async (t) => {
  const text = `const made = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class {
  constructor(module, imports) {
    const { exports } = new Instance(module, imports);
    const mine = { ...exports };
    made.push(mine);
    if (made.length === 1) mine.check = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    return { exports: mine };
  }
};
const { check } = await import("rushes");
console.log(JSON.stringify([check("text-to-video", { prompt: "A fox" }).ok, made.length]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  assert.deepEqual(JSON.parse(await output(consumer.folder, process.execPath, ["main.mjs"])), [true, 2]);
});
