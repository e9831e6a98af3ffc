// The store in IndexedDB, in a real browser: tabs that die, tabs side by side, and a database that is taken away.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";

import { build } from "esbuild";
import { chromium } from "playwright-core";

import { folder } from "./kit.mjs";

const PAGE = `
export { Rushes } from "rushes";
export { indexedDBStore, intentStore } from "rushes/store";
import { Rushes } from "rushes";
import { indexedDBStore } from "rushes/store";

export const fail = (problem) => { throw problem; };
export const store = indexedDBStore({ onProblem: fail });
export const clientOf = (provider, of = store) => new Rushes({ baseURL: "/api", fetch: provider.fetch, store: of });
/** A provider of which the test's own process keeps the bill, so that it outlives the page; \`hold\` keeps the answer. */
export const remote = (hold = false) => ({ fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, "x-hold": String(hold) } }) });
export const states = async (of = store) => (await of.pending()).map(({ state, task }) => (task ? state + " " + task.id : state));
`;

const SITE = "http://localhost/";
let browser, bundle;

before(async () => {
  const { outputFiles } = await build({
    // The package knows itself by its name.
    stdin: { contents: PAGE, resolveDir: folder },
    ...{ bundle: true, write: false, format: "iife", globalName: "kit", platform: "browser" },
  });
  bundle = outputFiles[0].text;
  const executablePath = process.env.RUSHES_CHROMIUM ?? "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), "RUSHES_CHROMIUM must name a Chromium");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
});

after(async () => {
  await browser?.close();
});

/** A browser profile of its own, whose pages hold the bundle, with a provider behind them that keeps a bill. */
async function profile(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const bill = [];
  let accepted = () => {};
  await context.route("**/*", async (route) => {
    const asked = route.request();
    if (asked.method() !== "POST") return route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' });
    const task_id = `t-${bill.length + 1}`;
    bill.push(task_id);
    accepted();
    if ((await asked.headerValue("x-hold")) === "true") return;
    await route.fulfill({ contentType: "application/json", body: JSON.stringify({ task_id }) });
  });
  const open = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(SITE);
    await page.addScriptTag({ content: bundle });
    return page;
  };
  return { open, bill, nextAccepted: () => new Promise((resolve) => (accepted = resolve)) };
}

/** Looks again until it is so. Locks of a tab that died end a moment later. */
async function eventually(page, work, expected) {
  let found;
  for (let tries = 0; tries < 200; tries++) {
    found = await page.evaluate(work);
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    await page.waitForTimeout(25);
  }
  assert.deepEqual(found, expected);
}

test("what is kept outlives the page, and is taken up in another", async (t) => {
  const { open, bill } = await profile(t);
  const first = await open();
  await first.evaluate(() => kit.clientOf(kit.remote()).textToVideo.create({ prompt: "A fox" }).then(({ id }) => id));
  await first.reload();
  await first.addScriptTag({ content: bundle });
  const found = await first.evaluate(async () => {
    const [intent] = await kit.store.pending();
    const again = kit.clientOf(kit.remote()).task(intent).toJSON();
    await kit.store.forget(intent.key);
    return { prompt: intent.request.prompt, same: JSON.stringify(again) === JSON.stringify(intent.task), id: again.id, left: await kit.states() };
  });
  assert.deepEqual([found, bill], [{ prompt: "A fox", same: true, id: "t-1", left: [] }, ["t-1"]]);
});

for (const [name, kill] of [["closed", (page) => page.close()], ["crashed", (page) => crash(page)], ["reloaded", (page) => page.reload()]]) {
  test(`a tab ${name} between acceptance and answer: on its way for the others until then, unsure afterwards`, async (t) => {
    const { open, bill, nextAccepted } = await profile(t);
    const [sender, other] = [await open(), await open()];
    const accepted = nextAccepted();
    await sender.evaluate(() => void kit.clientOf(kit.remote(true)).textToVideo.create({ prompt: "A fox" }));
    await accepted;
    assert.deepEqual(await other.evaluate(() => kit.states()), ["sending"]);
    await kill(sender);
    await eventually(other, () => kit.states(), ["unsure"]);
    assert.deepEqual(bill, ["t-1"], "and nobody sends it again");
  });
}

/** Ends the page's process. */
async function crash(page) {
  const crashed = page.waitForEvent("crash");
  page.goto("chrome://crash").catch(() => {});
  await crashed;
}

test("many, from two tabs at once: none is lost, and no lock is left", async (t) => {
  const { open, bill } = await profile(t);
  const pages = [await open(), await open()];
  const make = () => {
    const mine = kit.clientOf(kit.remote());
    return Promise.all(Array.from({ length: 15 }, () => mine.textToVideo.create({ prompt: "A fox" }).then(({ id }) => id)));
  };
  const ids = (await Promise.all(pages.map((page) => page.evaluate(make)))).flat();
  for (const page of pages) {
    const kept = await page.evaluate(async () => (await kit.store.pending()).map(({ state, task }) => `${state} ${task.id}`));
    assert.deepEqual(kept.sort(), ids.map((id) => `accepted ${id}`).sort());
  }
  assert.deepEqual(ids.sort(), [...bill].sort());
  await eventually(pages[0], async () => (await navigator.locks.query()).held.length, 0);
});

test("without Web Locks: its own are on their way, another tab's in doubt", async (t) => {
  const { open, nextAccepted } = await profile(t);
  const [sender, other] = [await open(), await open()];
  const without = () => Object.defineProperty(navigator, "locks", { value: undefined });
  const accepted = nextAccepted();
  for (const page of [sender, other]) await page.evaluate(without);
  await sender.evaluate(() => {
    globalThis.mine = kit.indexedDBStore();
    void kit.clientOf(kit.remote(true), globalThis.mine).textToVideo.create({ prompt: "A fox" });
  });
  await accepted;
  assert.deepEqual(await sender.evaluate(() => kit.states(globalThis.mine)), ["sending"]);
  assert.deepEqual(await other.evaluate(() => kit.states(kit.indexedDBStore())), ["unsure"]);
});

test("a database that another tab deletes: nothing blocks, and the next use makes it anew", async (t) => {
  const { open } = await profile(t);
  const [page, other] = [await open(), await open()];
  const make = () => kit.clientOf(kit.remote()).textToVideo.create({ prompt: "A fox" }).then(({ id }) => id);
  await page.evaluate(make);
  const deleted = await other.evaluate(() => {
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("rushes");
      request.onsuccess = () => resolve(true);
      request.onerror = () => reject(request.error);
    });
  });
  assert.equal(deleted, true);
  assert.deepEqual(await page.evaluate(() => kit.states()), []);
  await page.evaluate(make);
  assert.deepEqual(await other.evaluate(() => kit.states()), ["accepted t-2"]);
});

test("a database of a newer layout, or none at all: nothing is sent, and the error says why", async (t) => {
  const { open, bill } = await profile(t);
  const page = await open();
  const found = await page.evaluate(async () => {
    await new Promise((resolve) => {
      const request = indexedDB.open("newer", 99);
      request.onsuccess = () => (request.result.close(), resolve());
    });
    const told = (of) => kit.clientOf(kit.remote(), of).textToVideo.create({ prompt: "A fox" }).then(() => "sent", ({ kind, cause }) => `${kind} ${cause.name}`);
    const newer = await told(kit.indexedDBStore({ name: "newer" }));
    const none = kit.indexedDBStore({ name: "none" });
    Object.defineProperty(globalThis, "indexedDB", { value: undefined });
    return [newer, await told(none)];
  });
  assert.deepEqual([found, bill], [["store VersionError", "store TypeError"], []]);
  await eventually(page, async () => (await navigator.locks.query()).held.length, 0);
});

test("it is written through to the disk before it is sent", async (t) => {
  const { open } = await profile(t);
  const page = await open();
  const found = await page.evaluate(async () => {
    const seen = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      const made = transaction.apply(this, args);
      seen.push([made.mode, made.durability]);
      made.addEventListener("complete", () => seen.push("complete"));
      return made;
    };
    const provider = { fetch: (...args) => (seen.push("POST"), kit.remote().fetch(...args)) };
    await kit.clientOf(provider).textToVideo.create({ prompt: "A fox" });
    return seen;
  });
  const written = [["readwrite", "strict"], "complete"];
  assert.deepEqual(found, [...written, "POST", ...written]);
});
