// What a browser says of its network. (Node has no such word; it is put there.)

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { client, done, jumping, json, old, opaque, rejection, scripted, state } from "./kit.mjs";

let onLine = true;
const listeners = new Map();
const kept = Object.getOwnPropertyDescriptor(globalThis, "navigator");

before(() => {
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { get onLine() { return onLine; } } });
  globalThis.addEventListener = (name, listener) => listeners.set(name, listener);
  globalThis.removeEventListener = (name) => listeners.delete(name);
});
after(() => {
  if (kept === undefined) delete globalThis.navigator;
  else Object.defineProperty(globalThis, "navigator", kept);
  delete globalThis.addEventListener;
  delete globalThis.removeEventListener;
});

const request = { prompt: "A fox" };
const accepted = json({ task_id: "t-1" });

test("offline nothing is sent, and that is known", async () => {
  onLine = false;
  const script = scripted(accepted);
  const found = await jumping(() => rejection(client(script).textToVideo.create(request)));
  assert.deepEqual([found.kind, found.retryable, script.calls.length], ["network", true, 0]);
});

test("offline the loopback is still there", async () => {
  onLine = false;
  const script = scripted(accepted);
  await client(script, { baseURL: "http://127.0.0.1:7400" }).textToVideo.create(request);
  assert.equal(script.posts, 1);
});

test("once fetch was called its rejection is unsure, whatever the network did meanwhile", async () => {
  onLine = true;
  const script = scripted(() => {
    onLine = false;
    return opaque();
  });
  const found = await jumping(() => rejection(client(script).textToVideo.create(request)));
  assert.deepEqual([found.kind, script.posts], ["unsure", 1]);
});

test("offline no task is looked at; online again it is at once, and nothing is left behind", async () => {
  onLine = false;
  const script = scripted(done());
  await jumping(async ({ passed, pending }) => {
    const promise = client(script).task(old()).result();
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
    assert.deepEqual([script.gets, pending()], [0, 0]);
    onLine = true;
    listeners.get("online")();
    const came = passed();
    await promise;
    assert.deepEqual([script.gets, passed() - came, listeners.size], [1, 0, 0]);
  });
});

test("an hour offline in the middle ends nothing", async () => {
  onLine = true;
  const script = scripted(state("TASK_STATUS_PROCESSING"), done());
  await jumping(async () => {
    const seen = [];
    for await (const { status } of client(script).task(old())) {
      seen.push(status);
      if (seen.length > 1) continue;
      onLine = false;
      listeners.get("offline")();
      setTimeout(() => {
        onLine = true;
        listeners.get("online")();
      }, 3_600_000);
    }
    assert.deepEqual(seen, ["processing", "succeeded"]);
  });
});
