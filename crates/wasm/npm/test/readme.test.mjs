// What the README shows is what works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { build, transform } from "esbuild";

import { KEY, done, folder, jumping, json, old, png, rushes, scripted, state } from "./kit.mjs";

const readme = readFileSync(join(folder, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
const AsyncFunction = (async () => {}).constructor;

/** Runs a block of the README where these names are known; its imports are of the built package. Gives what it logs. */
async function run(code, names) {
  const imported = code.replace(/^import (\{.*?\}) from "rushes";$/m, "const $1 = installed;");
  const logged = [];
  const known = { installed: rushes, console: { log: (...args) => logged.push(args) }, ...names };
  await new AsyncFunction(...Object.keys(known), `{ ${imported} }`)(...Object.values(known));
  return logged;
}

test("every block is JavaScript", async () => {
  assert.ok(blocks.length >= 5);
  for (const code of blocks) await transform(code, { loader: "js", format: "esm" });
});

test("the ten lines make a video", async () => {
  const script = scripted(json({ task_id: "t-1" }), state("TASK_STATUS_QUEUED"), done(), done());
  const before = [globalThis.fetch, process.env.NOVITA_API_KEY];
  globalThis.fetch = script.fetch;
  process.env.NOVITA_API_KEY = KEY;
  try {
    const logged = await jumping(() => run(blocks[0], {}));
    assert.deepEqual(logged, [["t-1"], ["queued", null, undefined], ["succeeded", null, undefined], ["https://files.example/v.mp4"]]);
    assert.deepEqual([script.posts, script.calls[0].headers.Authorization], [1, `Bearer ${KEY}`]);
  } finally {
    [globalThis.fetch, process.env.NOVITA_API_KEY] = before;
    if (before[1] === undefined) delete process.env.NOVITA_API_KEY;
  }
});

test("an image in shots, and what needs no network", async () => {
  const script = scripted(json({ task_id: "t-1" }), done());
  const file = new Blob([png(640, 480)]);
  await jumping(() => run(blocks[1].replaceAll("rushes.imageToVideo", "client.imageToVideo"), { file, client: client(script) }));
  assert.equal(script.posts, 1);
  await run(blocks[2], { file });
  const usd = Number(/\.usd; +\/\/ ([\d.]+)/.exec(blocks[2])[1]);
  assert.equal(rushes.estimate("text-to-video", { prompt: "A fox", duration: 8, sound: true }).usd, usd);
});

test("a task is taken up again", async () => {
  const [code] = blocks.filter((block) => block.includes("localStorage"));
  const kept = new Map();
  const localStorage = { setItem: (name, value) => kept.set(name, value), getItem: (name) => kept.get(name) };
  const mine = client(scripted(done()));
  const logged = await jumping(() =>
    run(code.replaceAll("rushes.", "client."), { localStorage, client: mine, task: mine.task(old()), ids: [old()] }),
  );
  assert.deepEqual(logged, [["t-1", "succeeded", "https://files.example/v.mp4"]]);
});

test("what a store kept is taken up again, and what may have been billed is told", async () => {
  const [code] = blocks.filter((block) => block.includes("store.pending()"));
  const kept = new Map();
  const keeper = { put: (intent) => void kept.set(intent.key, intent) };
  const { intentStore } = await import(pathToFileURL(join(folder, "dist/store.js")).href);
  const before = client(scripted(json({ task_id: "t-1" }), json({}, 500)), { store: intentStore(keeper) });
  await before.textToVideo.create({ prompt: "A fox" });
  await before.textToVideo.create({ prompt: "A crow" }).catch(() => {});
  const real = globalThis.fetch;
  const [saved, warned] = [[], []];
  globalThis.fetch = scripted(done()).fetch;
  try {
    await jumping(() =>
      run(code.replace(/^import .*\n/, "").replace('"/api/novita"', '"https://example.com"'), {
        ...rushes,
        indexedDBStore: () => ({ ...intentStore(keeper), pending: async () => [...kept.values()], forget: async (key) => kept.delete(key) }),
        save: (result) => void saved.push(result.videos[0].url),
        console: { warn: (...args) => warned.push(args) },
      }),
    );
  } finally {
    globalThis.fetch = real;
  }
  assert.deepEqual(saved, ["https://files.example/v.mp4"]);
  assert.deepEqual(warned.map(([words, , prompt]) => [words, prompt]), [["may have been billed:", "A crow"]]);
  assert.deepEqual([...kept.values()].map(({ state }) => state), ["unsure"]);
});

test("every kind of error is in its table", () => {
  const types = readFileSync(join(folder, "dist/index.d.ts"), "utf8");
  const [, list] = /type RushesErrorKind =([^;]+);/.exec(types);
  for (const [, kind] of list.matchAll(/"(\w+)"/g)) assert.match(readme, new RegExp(`^\\| .*\`${kind}\`.* \\|`, "m"), kind);
});

test("the size is what it says", async () => {
  const kilobytes = Number(/with brotli, is less than (\d+) KB/.exec(readme)[1]);
  const contents = 'export * from "./dist/index.js";';
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir: folder }, bundle: true, minify: true, write: false },
    ...{ platform: "browser", format: "esm", target: "es2022" },
  });
  assert.ok(brotliCompressSync(outputFiles[0].contents).length < kilobytes * 1000);
});

function client(script, options = {}) {
  return new rushes.Rushes({ apiKey: KEY, fetch: script.fetch, ...options });
}
