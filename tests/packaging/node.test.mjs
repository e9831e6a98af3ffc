// The packed tarball in Node, by `import` and by `require`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { install, output } from "./support/consumer.mjs";
import { EXPECTED, JOB, comparable } from "./support/job.mjs";
import { startService } from "./support/service.mjs";

let service;
before(async () => void (service = await startService()));
after(() => service?.stop());

const programs = [
  ["module", "main.mjs", `import * as rushes from "rushes";
const job = async (rushes, baseURL) => {${JOB}};
console.log(JSON.stringify(await job(rushes, process.env.BASE_URL)));`],
  ["commonjs", "main.cjs", `const rushes = require("rushes");
const job = async (rushes, baseURL) => {${JOB}};
job(rushes, process.env.BASE_URL).then((found) => console.log(JSON.stringify(found)));`],
];

for (const [type, name, text] of programs) {
  test(`Node, ${type}: a video from prompt to file`, async (t) => {
    const consumer = await install(type, { [name]: text });
    t.after(consumer.remove);
    const printed = await output(consumer.folder, process.execPath, [name], { BASE_URL: service.url });
    assert.deepEqual(comparable(JSON.parse(printed)), EXPECTED);
  });
}

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
