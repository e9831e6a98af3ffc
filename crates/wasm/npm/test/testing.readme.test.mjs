// What the README shows of the subpaths is what works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { shallowRef } from "@vue/reactivity";
import * as ai from "ai";

import { folder, png, rushes } from "./kit.mjs";

const load = (entry) => import(pathToFileURL(join(folder, `dist/${entry}.js`)).href);
const kit = await load("testing");
const observe = await load("observe");
const readme = readFileSync(join(folder, "README.md"), "utf8");
const MODULES = {
  rushes,
  ai,
  "node:assert/strict": { default: assert },
  "rushes/testing": kit,
  "rushes/observe": observe,
  "rushes/ai-sdk": await load("ai-sdk"),
};
const AsyncFunction = (async () => {}).constructor;

/** The first block that imports a module. */
function block(from) {
  const found = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code).find((code) => code.includes(`from "${from}"`));
  assert.ok(found, `the README shows ${from}`);
  return found;
}

/** Runs a block where these names are known; gives the names that it was asked for. */
function run(code, names, wanted = []) {
  const imported = code
    .replace(/^import (\{.*?\}) from "(.*?)";$/gm, 'const $1 = modules["$2"];')
    .replace(/^import (\w+) from "(.*?)";$/gm, 'const $1 = modules["$2"].default;');
  const known = { modules: MODULES, ...names };
  return new AsyncFunction(...Object.keys(known), `${imported}\nreturn { ${wanted.join()} };`)(...Object.values(known));
}

test("in your tests", async () => {
  const { provider } = await run(block("rushes/testing"), {}, ["provider"]);
  assert.equal(provider.count("create"), 2);
  const named = [...readme.split("| fault |")[1].split("\n\n")[0].matchAll(/^\|((?: ?,? ?`\w+`)+) /gm)].flatMap(([, names]) => names.match(/\w+/g));
  const known = ["unreachable", "reset", "silence", "rate_limit", "refusal", "html", "malformed", "cut", "slow", "no_task_id", "answer"];
  assert.deepEqual(named, known);
});

test("a task as a store, and in Vue", async () => {
  await kit.withoutWaiting(async () => {
    const provider = new kit.FakeProvider();
    const task = await new rushes.Rushes({ apiKey: "test", fetch: provider.fetch }).textToVideo.create({ prompt: "A fox" });
    const { store } = await run(block("rushes/observe"), { task }, ["store"]);
    const line = /^\| Vue \| `(.*)` \|$/m.exec(readme)[1];
    let leave;
    const { state } = await run(line, { store, shallowRef, onScopeDispose: (stop) => (leave = stop) }, ["state"]);
    await task.result();
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.deepEqual([state.value.status, state.value.videos.length], ["succeeded", 1]);
    leave();
  });
});

test("with the Vercel AI SDK", async () => {
  const provider = new kit.FakeProvider();
  const before = globalThis.fetch;
  globalThis.fetch = provider.fetch;
  try {
    const stored = [];
    const names = { apiKey: "test", store: (id) => stored.push(id), photo: png(640, 480) };
    const { video, providerMetadata } = await kit.withoutWaiting(() => run(block("rushes/ai-sdk"), names, ["video", "providerMetadata"]));
    const [{ id, request }] = provider.bill().tasks;
    const [facts] = providerMetadata.rushes.videos;
    assert.deepEqual([stored, facts.taskId, video.mediaType], [[id], id, "video/mp4"]);
    assert.deepEqual(Object.keys(facts).sort(), ["estimatedUsd", "expiresAt", "seconds", "taskId", "url"]);
    assert.deepEqual([request.sound, request.negative_prompt, request.multi_prompt.length], [true, "blur", 2]);
  } finally {
    globalThis.fetch = before;
  }
});
