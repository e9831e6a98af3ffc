// A task as a store: its own contract, and the lines by which others bind to it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { effectScope, onScopeDispose, shallowRef } from "@vue/reactivity";
import { derived, get } from "svelte/store";
// The name alone gives the build for servers, which never updates.
import { createRoot, from } from "../node_modules/solid-js/dist/solid.js";

import { folder, rushes } from "./kit.mjs";

const load = (entry) => import(pathToFileURL(join(folder, `dist/${entry}.js`)).href);
const { observe } = await load("observe");
const { FakeProvider, withoutWaiting } = await load("testing");
const READS = ["queued", { status: "processing", progress_percent: 40 }, "succeeded"];

/** Runs with a task of a stand-in that tells those reads. */
const withTask = (reads, work, options = {}) =>
  withoutWaiting(async (time) => {
    const provider = new FakeProvider({ reads, ...options });
    const client = new rushes.Rushes({ apiKey: "test", fetch: provider.fetch });
    const task = await client.textToVideo.create({ prompt: "A fox" });
    return work({ provider, task, client, time });
  });

/** Resolves with the snapshot that satisfies. */
const until = (store, satisfies) =>
  new Promise((resolve) => {
    const stop = store.subscribe((snapshot) => {
      if (!satisfies(snapshot)) return;
      resolve(snapshot);
      queueMicrotask(() => stop());
    });
  });
const ended = ({ ended }) => ended;
const turns = async (count = 20) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

test("from nothing known to the videos, each change told once", async () => {
  await withTask(READS, async ({ task }) => {
    const store = observe(task);
    assert.equal(store.getSnapshot(), store.getInitialSnapshot());
    const seen = [];
    const stop = store.subscribe((snapshot) => {
      assert.equal(snapshot, store.getSnapshot());
      seen.push(snapshot);
    });
    await until(store, ended);
    stop();
    const facts = seen.map(({ status, progress_percent, ended, videos }) => [status, progress_percent, ended, videos?.length]);
    assert.deepEqual(facts, [
      ["unknown", null, false, undefined],
      ["queued", 0, false, undefined],
      ["processing", 40, false, undefined],
      ["succeeded", 0, true, 1],
    ]);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok((await seen.at(-1).videos[0].blob()).size > 0);
    assert.equal(store.getInitialSnapshot(), seen[0]);
  });
});

test("a snapshot is the same object until something changes, and cannot be changed", async () => {
  await withTask(READS, async ({ task }) => {
    const store = observe(task);
    const last = await until(store, ended);
    assert.equal(store.getSnapshot(), last);
    assert.equal(store.getSnapshot(), store.getSnapshot());
    assert.throws(() => Object.assign(last, { status: "failed" }), TypeError);
    assert.equal(observe(task), store, "one store per task");
  });
});

test("looks begin with the first subscriber and end with the last; what was seen stays", async () => {
  await withTask([...READS.slice(0, 2), ...Array(50).fill("processing")], async ({ provider, task, time }) => {
    const store = observe(task);
    assert.equal(provider.count("read"), 0, "nobody asked yet");
    const stops = [store.subscribe(() => {}), store.subscribe(() => {})];
    await until(store, ({ progress_percent }) => progress_percent === 40);
    stops[0]();
    stops[0]();
    await turns();
    assert.ok(time.pending > 0, "one still wants to know");
    stops[1]();
    await turns();
    assert.equal(time.pending, 0);
    const [kept, { length }] = [store.getSnapshot(), provider.calls];
    assert.equal(kept.status, "processing");
    await time.advance(600_000);
    assert.equal(provider.calls.length, length);
    assert.equal(store.getSnapshot(), kept);
    await until(store, (snapshot) => snapshot !== kept);
    assert.equal(provider.calls.length, length + 1);
  });
});

test("leaving and coming back in one breath throws no look away", async () => {
  await withTask(READS, async ({ provider, task }) => {
    const store = observe(task);
    store.subscribe(() => {})();
    await until(store, ended);
    assert.deepEqual([provider.count("read"), provider.calls.some((call) => call.aborted)], [3, false]);
    await until(store, ended);
    assert.equal(provider.count("read"), 3, "a task that ended is not looked at again");
  });
});

test("a look that told nothing is a problem, and passes", async () => {
  await withTask(["queued", { kind: "html" }, "succeeded"], async ({ task }) => {
    const problems = [];
    const store = observe(task);
    store.subscribe(({ status, problem }) => problems.push([status, problem?.kind]));
    await until(store, ended);
    assert.deepEqual(problems, [["unknown", undefined], ["queued", undefined], ["queued", "provider"], ["succeeded", undefined]]);
  });
});

test("a failed task says why, and ends", async () => {
  await withTask([{ status: "failed", reason: "The prompt is against the rules." }], async ({ task }) => {
    const { status, reason, error, videos } = await until(observe(task), ended);
    assert.deepEqual([status, reason, error.kind, videos], ["failed", "The prompt is against the rules.", "task_failed", null]);
  });
});

test("a key that stays refused ends the looks, not the task; retry looks on", async () => {
  const refusal = { kind: "refusal", reason: "INVALID_API_KEY" };
  await withTask(["queued", refusal, refusal, refusal, "succeeded"], async ({ provider, task }) => {
    const store = observe(task);
    store.subscribe(() => {});
    const refused = await until(store, ({ error }) => error !== null);
    assert.deepEqual([refused.error.kind, refused.ended, refused.status], ["auth", false, "queued"]);
    await turns();
    assert.equal(provider.count("read"), 4);
    store.retry();
    const last = await until(store, ended);
    assert.deepEqual([last.error, last.videos.length], [null, 1]);
  });
});

test("what a listener throws is reported, and stops nobody", async () => {
  const reported = [];
  const real = globalThis.queueMicrotask;
  // An uncaught error would end the test run.
  globalThis.queueMicrotask = (call) =>
    real(() => {
      try {
        call();
      } catch (error) {
        reported.push(error.message);
      }
    });
  try {
    await withTask(READS, async ({ task }) => {
      const store = observe(task);
      store.subscribe(({ status }) => {
        throw new Error(`no ${status}`);
      });
      await until(store, ended);
    });
    await turns();
  } finally {
    globalThis.queueMicrotask = real;
  }
  assert.deepEqual(reported, ["no unknown", "no queued", "no processing", "no succeeded"]);
});

test("Svelte: the store is a Svelte store", async () => {
  await withTask(READS, async ({ task }) => {
    assert.equal(get(observe(task)).status, "unknown");
    const percent = derived(observe(task), ({ progress_percent, ended }) => (ended ? 100 : progress_percent));
    const seen = [];
    const stop = percent.subscribe((value) => seen.push(value));
    await until(observe(task), ended);
    stop();
    assert.deepEqual(seen, [null, 0, 40, 100]);
  });
});

test("Vue: a shallow ref that is set", async () => {
  const useTask = (store) => {
    const state = shallowRef(store.getSnapshot());
    onScopeDispose(store.subscribe((snapshot) => (state.value = snapshot)));
    return state;
  };
  await withTask([...READS.slice(0, 2), "processing"], async ({ task, time }) => {
    const scope = effectScope();
    const state = scope.run(() => useTask(observe(task)));
    await until(observe(task), ({ progress_percent }) => progress_percent === 40);
    assert.equal(state.value, observe(task).getSnapshot());
    scope.stop();
    await turns();
    assert.equal(time.pending, 0, "the scope took the looks with it");
  });
});

test("Solid: from(store)", async () => {
  await withTask([...READS.slice(0, 2), "processing"], async ({ task, time }) => {
    const [state, dispose] = createRoot((dispose) => [from(observe(task)), dispose]);
    await until(observe(task), ({ progress_percent }) => progress_percent === 40);
    assert.equal(state(), observe(task).getSnapshot());
    dispose();
    await turns();
    assert.equal(time.pending, 0);
  });
});

test("the CommonJS build is the same", async () => {
  const require = createRequire(join(folder, "package.json"));
  await withTask(["succeeded"], async ({ task }) => assert.equal((await until(require("rushes/observe").observe(task), ended)).videos.length, 1));
});
