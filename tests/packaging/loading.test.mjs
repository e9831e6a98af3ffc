// How the packed tarball comes alive: lazily, once, in copies that know each other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { install, installNear, pinned } from "./support/consumer.mjs";
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

test("importing and what is good or wrong at a glance compile nothing, and the wasm can be brought along", async (t) => {
  const text = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
let compiled = 0;
const { Module } = WebAssembly;
WebAssembly.Module = class extends Module { constructor(bytes) { super(bytes); compiled++; } };
const { check } = await import("rushes");
check("text-to-video", { prompt: "A fox" });
check("text-to-video", { prompt: "A fox", duration: 16 });
const before = compiled;
check("text-to-video", { prompt: "A fox", duration: "long" });
check("text-to-video", { prompt: "A fox", duration: "long" });
const slim = await import("rushes/slim");
let early;
try { slim.check("text-to-video", {}); } catch (error) { early = error.message; }
await slim.init(readFileSync(createRequire(import.meta.url).resolve("rushes/core.wasm")));
console.log(JSON.stringify([before, compiled, /init/.test(early), slim.check("text-to-video", {}).issues[0].code]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  const printed = await output(consumer.folder, process.execPath, ["main.mjs"]);
  // Core, and what puts its bytes together (build/weaver.wat).
  assert.deepEqual(JSON.parse(printed), [0, 2, true, "required"]);
});

test("an instance that was stopped in the middle is replaced", async (t) => {
  const text = `const made = [];
let isFirst = true;
const { Instance } = WebAssembly;
WebAssembly.Instance = class {
  constructor(module, imports) {
    const { exports } = new Instance(module, imports);
    const mine = { ...exports };
    made.push(mine);
    const stopped = isFirst ? Object.keys(mine).filter((name) => name === "check") : [];
    if (stopped.length > 0) isFirst = false;
    for (const name of stopped) mine[name] = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    return { exports: mine };
  }
};
const { check } = await import("rushes");
const { issues } = check("text-to-video", {});
console.log(JSON.stringify([issues[0].code, isFirst, made.filter((one) => "check" in one).length]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  assert.deepEqual(JSON.parse(await output(consumer.folder, process.execPath, ["main.mjs"])), ["required", false, 2]);
});

test("every entry point comes alive by import and by require, alike, and compiles nothing by itself", async (t) => {
  const text = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
let compiled = 0;
const { Module } = WebAssembly;
WebAssembly.Module = class extends Module { constructor(bytes) { super(bytes); compiled++; } };
const { exports } = JSON.parse(readFileSync(require.resolve("rushes/package.json"), "utf8"));
const found = [];
for (const [path, target] of Object.entries(exports)) {
  if (typeof target !== "object") continue;
  const name = path.replace(".", "rushes");
  const names = (module) => Object.keys(module).filter((name) => name !== "default" && name !== "module.exports").sort();
  found.push([name, names(await import(name)), names(require(name))]);
}
console.log(JSON.stringify({ found, compiled }));`;
  const consumer = await installNear("module", { "main.mjs": text });
  t.after(consumer.remove);
  const { found, compiled } = JSON.parse(await output(consumer.folder, process.execPath, ["main.mjs"]));
  for (const [name, imported, required] of found) {
    assert.ok(imported.length > 0, name);
    assert.deepEqual(required, imported, name);
  }
  for (const name of ["rushes", "rushes/slim"]) assert.ok(found.some(([entry]) => entry === name), name);
  assert.equal(compiled, 0);
});

test("Deno needs no right but to reach the service", async (t) => {
  // Without the right to read it, every look at an environment variable throws.
  const text = `import { Rushes, RushesError } from "rushes";
const sent = [];
const fetch = async (url, init) => {
  sent.push([String(url), new Headers(init.headers).has("authorization")]);
  return Response.json({ task_id: "t" });
};
const task = await new Rushes({ baseURL: "http://127.0.0.1:9", fetch }).textToVideo.create({ prompt: "A fox" });
console.log(JSON.stringify([task.id, sent.length, sent[0][1]]));`;
  const consumer = await install("module", { "main.mjs": text });
  t.after(consumer.remove);
  const deno = pinned(`@deno/${process.platform}-${process.arch}-glibc/deno`);
  const printed = await output(consumer.folder, deno, ["run", "--no-prompt", "main.mjs"]);
  assert.deepEqual(JSON.parse(printed), ["t", 1, false]);
});
