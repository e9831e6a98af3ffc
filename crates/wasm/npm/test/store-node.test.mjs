// The store in files: killed at any moment, shared, damaged, full.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs, { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { KEY, client, folder as packageFolder, json, rejection, rushes, scripted } from "./kit.mjs";

const { fileStore } = await import(pathToFileURL(join(packageFolder, "dist/store-node.js")).href);
const { FakeProvider, withoutWaiting } = await import(pathToFileURL(join(packageFolder, "dist/testing.js")).href);
const request = { prompt: "A fox" };
const strict = { onProblem: (problem) => assert.fail(problem) };

/** A folder for the test alone, and the store's in it, which is not there yet. */
function place(t) {
  const folder = mkdtempSync(join(tmpdir(), "rushes-store-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "intents");
}

/** The provider on a port of this machine; `accepted` is called between the bill and the answer. */
async function serve(t, accepted = () => {}) {
  const provider = new FakeProvider({ apiKey: KEY, reads: ["succeeded"] });
  const server = createServer(async (asked, answer) => {
    const body = Buffer.concat(await asked.toArray());
    const init = { method: asked.method, headers: asked.headers, ...(body.length > 0 && { body: String(body) }) };
    const found = await provider.fetch(`http://localhost${asked.url}`, init);
    if (asked.method === "POST") accepted();
    answer.writeHead(found.status, { "content-type": "application/json" }).end(await found.text());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => (server.close(), server.closeAllConnections()));
  return { provider, baseURL: `http://127.0.0.1:${server.address().port}` };
}

// Each: where the program is killed, how often it went past there before, how many are accepted, what is pending.
const KILLS = [
  ["in the middle of writing", 1, 0, []],
  ["before it is in its place", 1, 0, []],
  ["once it is in its place", 1, 0, ["unsure"]],
  ["before it is sent", 1, 0, ["unsure"]],
  ["once it is accepted", 1, 1, ["unsure"]],
  ["in the middle of writing", 2, 1, ["unsure"]],
  ["before it is in its place", 2, 1, ["unsure"]],
  ["once it is in its place", 2, 1, ["accepted"]],
  ["with the task in hand", 1, 1, ["accepted"]],
  ["never", 1, 1, ["accepted"]],
];

for (const [step, count, accepted, states] of KILLS) {
  test(`killed ${step}${count > 1 ? `, the ${count}nd time` : ""}: billed ${accepted}, pending ${states.join() || "nothing"}`, async (t) => {
    const folder = place(t);
    let child;
    const { provider, baseURL } = await serve(t, () => step === "once it is accepted" && child.kill("SIGKILL"));
    const args = [join(import.meta.dirname, "store-child.mjs"), folder, packageFolder, baseURL, step, String(count)];
    const { signal, said } = await new Promise((resolve) => {
      child = execFile(process.execPath, args, { env: { ...process.env, TEST_KEY: KEY } }, (error, stdout, stderr) => {
        resolve({ signal: error?.signal ?? null, said: stdout.trim() + stderr });
      });
    });
    assert.equal(signal, step === "never" ? null : "SIGKILL", said);
    assert.equal(provider.bill().tasks.length, accepted);
    const { id } = provider.bill().tasks[0] ?? {};
    assert.ok(said === "" || said === id, said);

    const store = fileStore(folder, strict);
    const pending = await store.pending();
    assert.deepEqual(pending.map((intent) => [intent.state, intent.task?.id]), states.map((state) => [state, state === "accepted" ? id : undefined]));
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      assert.ok(!readFileSync(join(folder, name), "utf8").includes(KEY));
    }

    // Life goes on: the task is taken up, another made, and what is settled forgotten.
    const mine = new rushes.Rushes({ apiKey: KEY, baseURL, store });
    for (const intent of pending) {
      if (intent.state === "accepted") assert.equal((await withoutWaiting(() => mine.task(intent).result())).videos.length, 1);
    }
    assert.equal(provider.bill().tasks.length, accepted, "nothing was sent by itself");
    child = { kill() {} };
    const task = await mine.textToVideo.create(request);
    for (const { key } of pending) await store.forget(key);
    assert.deepEqual((await fileStore(folder, strict).pending()).map((intent) => intent.task.id), [task.id]);
  });
}

test("what is on its way is sending for its own store, and in doubt for others", async (t) => {
  const folder = place(t);
  const store = fileStore(pathToFileURL(folder), strict);
  let seen;
  const script = scripted(async () => {
    seen = await Promise.all([store, fileStore(folder, strict)].map((one) => one.pending()));
    return json({ code: 400, reason: "ILLEGAL_PROMPT", message: "No.", metadata: {} }, 400);
  });
  await rejection(client(script, { store }).textToVideo.create(request));
  assert.deepEqual(seen.map(([intent]) => intent.state), ["sending", "unsure"]);
  assert.deepEqual([await store.pending(), (await store.all()).map(({ state }) => state)], [[], ["refused"]]);
});

test("many at once, by two stores of one folder, in the order in which they were confirmed", async (t) => {
  const folder = place(t);
  const provider = new FakeProvider();
  const clients = [0, 1].map(() => client(provider, { store: fileStore(folder, strict) }));
  await Promise.all(Array.from({ length: 40 }, (_, index) => clients[index % 2].textToVideo.create(request)));
  const all = await fileStore(folder, strict).all();
  assert.deepEqual(all.map(({ task }) => task.id).sort(), provider.bill().tasks.map(({ id }) => id).sort());
  const times = all.map(({ createdAt }) => createdAt);
  assert.deepEqual(times, times.toSorted());
  assert.equal(readdirSync(folder).length, 40, "nothing else is left behind");
});

test("file and folder are synced before it is sent, and before its task is given", { skip: process.platform === "win32" }, async (t) => {
  const folder = place(t);
  const steps = [];
  const probe = await open(tmpdir(), "r");
  const handles = Object.getPrototypeOf(probe);
  await probe.close();
  const [{ sync }, { rename }] = [handles, fs.promises];
  handles.sync = async function () {
    const isFolder = (await this.stat()).isDirectory();
    await sync.call(this);
    steps.push(isFolder ? "folder" : "file");
  };
  fs.promises.rename = async (...paths) => (await rename(...paths), steps.push("renamed"));
  syncBuiltinESMExports();
  try {
    const script = scripted(() => (steps.push("POST"), json({ task_id: "t-1" })));
    await client(script, { store: fileStore(folder, strict) }).textToVideo.create(request);
  } finally {
    handles.sync = sync;
    fs.promises.rename = rename;
    syncBuiltinESMExports();
  }
  const written = ["file", "renamed", "folder"];
  // The first is the folder above, in which this one was made.
  assert.deepEqual(steps, ["folder", ...written, "POST", ...written]);
});

test("for its owner's eyes alone", { skip: process.platform === "win32" }, async (t) => {
  const folder = place(t);
  await client(scripted(json({ task_id: "t-1" })), { store: fileStore(folder, strict) }).textToVideo.create(request);
  const modes = [folder, join(folder, readdirSync(folder)[0])].map((path) => statSync(path).mode & 0o777);
  assert.deepEqual(modes, [0o700, 0o600]);
});

test("a damaged file is left out, left as it is, and said; a half written one of long ago is cleared away", async (t) => {
  const folder = place(t);
  const problems = [];
  const store = fileStore(folder, { onProblem: (problem) => problems.push(problem.message) });
  await client(scripted(json({ task_id: "t-1" })), { store }).textToVideo.create(request);
  const [name] = readdirSync(folder);
  const whole = readFileSync(join(folder, name), "utf8");
  const damaged = { "1-1.json": whole.slice(0, 40), "2-2.json": "", "3-3.json": "null", "4-4.json": whole, "5-5.json": "{}" };
  for (const [file, text] of Object.entries(damaged)) writeFileSync(join(folder, file), text);
  for (const file of ["old", "new"]) writeFileSync(join(folder, `${file}.json.1.unfinished`), "{");
  utimesSync(join(folder, "old.json.1.unfinished"), 0, 0);
  writeFileSync(join(folder, "notes.txt"), "mine");
  assert.deepEqual((await store.all()).map(({ task }) => task.id), ["t-1"]);
  assert.deepEqual(problems.map((text) => /(\d-\d\.json) is damaged/.exec(text)?.[1]).sort(), Object.keys(damaged));
  assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(damaged), name, "new.json.1.unfinished", "notes.txt"].sort());
});

test("where nothing can be written, nothing is sent", async (t) => {
  const folder = place(t);
  writeFileSync(folder, "a file");
  const script = scripted(json({ task_id: "t-1" }));
  const error = await rejection(client(script, { store: fileStore(folder, strict) }).textToVideo.create(request));
  assert.deepEqual([error.kind, script.calls.length], ["store", 0]);
  if (process.getuid?.() === 0) return;
  mkdirSync(`${folder}-2`);
  chmodSync(`${folder}-2`, 0o500);
  const again = await rejection(client(script, { store: fileStore(join(`${folder}-2`, "in"), strict) }).textToVideo.create(request));
  assert.deepEqual([again.kind, script.calls.length], ["store", 0]);
});

test("an empty place is empty, what is forgotten is gone, and keys are no paths", async (t) => {
  const folder = place(t);
  const store = fileStore(folder, strict);
  assert.deepEqual([await store.all(), await store.pending()], [[], []]);
  await store.forget("1-1");
  assert.equal(existsSync(folder), false, "looking makes no folder");
  for (const key of ["../1-1", "a/b", "", "a.json", "a".repeat(101)]) await assert.rejects(store.forget(key), TypeError);
});

test("require takes it, too", () => {
  const found = createRequire(join(packageFolder, "package.json"));
  assert.equal(typeof found("rushes/store/node").fileStore, "function");
  assert.equal(typeof found("rushes/store").indexedDBStore, "function");
});
