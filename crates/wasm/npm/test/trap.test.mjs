// An instance of the WebAssembly that stops in the middle, as one out of memory does. Its exports are laid hold of
// before the package is first used, which is when it makes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { client, done, jumping, old, png, rushes, scripted, state } from "./kit.mjs";

/** What of an instance is to stop, by the beginning of its name; and how often something did. */
let stopping;
let isForEver = false;
let stopped = 0;
let instances = 0;
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  instances++;
  const { exports } = new Instance(module, imports);
  const held = Object.entries(exports).map(([name, value]) => {
    if (typeof value !== "function") return [name, value];
    const call = (...args) => {
      if (stopping === undefined || !name.startsWith(stopping)) return value(...args);
      if (!isForEver) stopping = undefined;
      stopped++;
      throw new WebAssembly.RuntimeError("unreachable");
    };
    return [name, call];
  });
  return { exports: Object.fromEntries(held) };
};

const going = () => state("TASK_STATUS_PROCESSING", { task: { progress_percent: 5 } });

for (const name of ["watch_saw", "watch_next", "watch_look_now", "watch_watch"]) {
  test(`watching goes on after the instance stopped in ${name}`, async () => {
    const script = scripted(going(), going(), done());
    await jumping(async () => {
      const client1 = client(script);
      const task = client1.task(old());
      const first = task.updates();
      if (name === "watch_watch") stopping = name;
      await first.next();
      const before = stopped;
      if (name === "watch_look_now") await new Promise((resolve) => setTimeout(resolve, 2500));
      if (name !== "watch_watch") stopping = name;
      const result = await task.result();
      assert.equal(result.videos.length, 1);
      assert.ok(name === "watch_watch" || stopped === before + 1, "it did stop");
      for await (const { ended } of first) if (ended) break;
    });
    assert.equal(stopping, undefined);
  });
}

test("all tasks are taken over by the next instance", async () => {
  const script = scripted((init, count) => {
    const id = new URL(script.calls[count - 1].url).searchParams.get("task_id");
    return state(count > 6 ? "TASK_STATUS_FAILED" : "TASK_STATUS_PROCESSING", { task: { task_id: id } });
  });
  await jumping(async () => {
    const ended = [];
    const before = instances;
    for await (const update of client(script).watch(["a", "b", "c"].map((id) => ({ ...old(), id })))) {
      if (script.gets === 3) stopping = "watch_saw";
      if (update.ended) ended.push(update.id);
    }
    assert.deepEqual(ended.sort(), ["a", "b", "c"]);
    assert.ok(instances > before);
  });
});

for (const name of ["watch_next", "watch_saw"]) {
  test(`an instance that stops again and again in ${name} is not made anew in a busy loop`, async () => {
    const script = scripted(done());
    await jumping(async ({ passed }) => {
      const before = stopped;
      [stopping, isForEver] = [name, true];
      const promise = client(script).task(old()).result();
      await new Promise((resolve) => setTimeout(resolve, 10_500));
      const often = stopped - before;
      [stopping, isForEver] = [undefined, false];
      assert.ok(often >= 5 && often <= 12 && script.gets <= 12, `${often} times, ${script.gets} reads in ${passed()} ms`);
      assert.equal((await promise).videos.length, 1);
    });
  });
}

test("an instance that stops on an image again and again is given up", async () => {
  [stopping, isForEver] = ["probe_feed", true];
  try {
    for (const image of [png(640, 480), new Blob([png(640, 480)])]) {
      const before = stopped;
      await assert.rejects(rushes.inspectImage(image), WebAssembly.RuntimeError);
      assert.equal(stopped - before, 2);
    }
  } finally {
    [stopping, isForEver] = [undefined, false];
  }
  assert.equal((await rushes.inspectImage(new Blob([png(640, 480)]))).width, 640);
});

test("an image is inspected again on another instance", async () => {
  for (const image of [png(640, 480), new Blob([png(640, 480)])]) {
    for (const name of ["probe_feed", "probe_finish", "probe_wants"]) {
      const before = instances;
      stopping = name;
      assert.equal((await rushes.inspectImage(image)).width, 640);
      assert.deepEqual([stopping, instances - before], [undefined, 1]);
    }
  }
});

test("a check is made again on another instance", () => {
  const before = stopped;
  // What is no object, core is asked about each time.
  rushes.check("text-to-video", "A fox");
  stopping = "check";
  assert.equal(rushes.check("text-to-video", "A fox").ok, false);
  stopping = undefined;
  assert.equal(stopped, before + 1);
});
