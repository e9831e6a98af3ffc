// The client and its store: what is written down, when, and what a store that fails can and cannot do.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { KEY, broken, client, done, folder, json, jumping, never, png, rejection, rushes, scripted } from "./kit.mjs";

const { intentStore } = await import(pathToFileURL(join(folder, "dist/store.js")).href);
const { RushesError } = rushes;
const request = { prompt: "A fox leaps a mossy log", duration: 8, sound: true };
const accepted = json({ task_id: "t-1" });
const refusal = json({ code: 400, reason: "ILLEGAL_PROMPT", message: "No.", metadata: {} }, 400);
const sha256 = (of) => createHash("sha256").update(of).digest("hex");
const store = (put, onProblem = (problem) => assert.fail(problem)) => intentStore({ put }, { onProblem });

/** A store of a list, in the order in which it was told. */
function listed() {
  const list = [];
  return { list, store: store((intent) => void list.push(intent)), states: () => list.map(({ state }) => state) };
}

/** A promise and what settles it. */
function open() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until something holds. */
async function until(holds) {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 10_000, `it never held: ${holds}`);
    await turn();
  }
}

test("it is kept before it is sent, and its task before anybody has it", async () => {
  const steps = [];
  const script = scripted(() => (steps.push("POST"), accepted));
  const found = [];
  const slow = store(async (intent) => {
    await turn();
    found.push(intent);
    steps.push(intent.state);
  });
  const task = await client(script, { store: slow }).textToVideo.create(request);
  steps.push("task");
  assert.deepEqual(steps, ["sending", "POST", "accepted", "task"]);
  const [first, last] = found;
  const { key, createdAt, ...rest } = first;
  assert.match(key, /^[\d-]{20,}$/);
  assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 3_600_000);
  const parts = { endpoint: "text-to-video", seconds: 8, baseURL: "https://api.novita.ai", request };
  assert.deepEqual(rest, { ...parts, state: "sending" });
  assert.deepEqual(last, { ...first, state: "accepted", task: task.toJSON() });
});

test("one intent is one record, however often it is sent, and no two have one key", async () => {
  const kept = listed();
  const script = scripted(broken("ECONNREFUSED", "connect"), accepted);
  const mine = client(script, { store: kept.store });
  await jumping(() => mine.textToVideo.create(request));
  assert.deepEqual([script.posts, kept.states()], [2, ["sending", "accepted"]]);
  await Promise.all(Array.from({ length: 20 }, () => mine.textToVideo.create(request)));
  assert.equal(new Set(kept.list.map(({ key }) => key)).size, 21);
});

// Each: what the provider does, the state that is kept, the kind of the error.
const outcomes = [
  ["a refusal", refusal, "refused", "moderation"],
  ["a reset connection", broken("ECONNRESET"), "unsure", "unsure"],
  ["a 500", json({}, 500), "unsure", "unsure"],
  ["an answer without an id", json({}), "unsure", "unsure"],
  ["a refused connection", broken("ECONNREFUSED", "connect"), "unsent", "network"],
  ["too many requests", json({}, 429, { "retry-after": "3600" }), "refused", "rate_limit"],
];

for (const [name, answer, state, kind] of outcomes) {
  test(`${name} is kept as ${state}`, async () => {
    const kept = listed();
    const error = await jumping(() => rejection(client(scripted(answer), { store: kept.store }).textToVideo.create(request)));
    assert.deepEqual([error.kind, kept.states()], [kind, ["sending", state]]);
    assert.deepEqual([kept.list[1].error.kind, kept.list[1].error.message], [kind, error.message]);
    assert.equal("task" in kept.list[1], false);
    assert.throws(() => client(scripted(done())).task(kept.list[1]), TypeError);
  });
}

test("nothing is kept of what is not sent", async () => {
  const kept = listed();
  const script = scripted(accepted);
  const mine = client(script, { store: kept.store });
  assert.equal((await rejection(mine.textToVideo.create({ prompt: "" }))).kind, "invalid");
  await rejection(mine.textToVideo.create(request, { signal: AbortSignal.abort() }));
  const keyless = new rushes.Rushes({ apiKey: null, fetch: script.fetch, store: kept.store });
  assert.equal((await rejection(keyless.textToVideo.create(request))).kind, "auth");
  assert.deepEqual([kept.list, script.calls], [[], []]);
});

const failing = [
  ["rejects", async () => Promise.reject(new Error("disk full")), "disk full"],
  ["throws", () => { throw new Error("disk full"); }, "disk full"],
  ["rejects with nothing", async () => Promise.reject(), "did not say why"],
  ["hangs", never, "longer than 10 seconds"],
];

for (const [name, put, words] of failing) {
  test(`a store that ${name} before the POST: nothing is sent`, async () => {
    const script = scripted(accepted);
    const error = await jumping(() => rejection(client(script, { store: store(put) }).textToVideo.create(request)));
    assert.deepEqual([RushesError.is(error), error.kind, error.retryable, script.calls.length], [true, "store", true, 0]);
    assert.match(error.message, new RegExp(`nothing was sent.*${words}`));
  });

  test(`a store that ${name} after the id: the task is given, and it is said`, async () => {
    const problems = [];
    const bad = store((intent) => (intent.state === "sending" ? undefined : put()), (problem) => problems.push(problem));
    const task = await jumping(() => client(scripted(accepted), { store: bad }).textToVideo.create(request));
    assert.equal(task.id, "t-1");
    assert.deepEqual(problems.map(({ kind }) => kind), ["store"]);
    assert.match(problems[0].message, new RegExp(`t-1.*${words}`));
  });

  test(`a store that ${name} after a refusal: the refusal is told, and it is said`, async () => {
    const problems = [];
    const bad = store((intent) => (intent.state === "sending" ? undefined : put()), (problem) => problems.push(problem));
    const error = await jumping(() => rejection(client(scripted(refusal), { store: bad }).textToVideo.create(request)));
    assert.deepEqual([error.kind, problems.length], ["moderation", 1]);
  });
}

test("without onProblem the console says it; one that throws changes nothing", async () => {
  const bad = { put: async ({ state }) => state === "sending" || Promise.reject(new Error("gone")) };
  const real = console.warn;
  const warned = [];
  console.warn = (...args) => warned.push(...args);
  try {
    await client(scripted(accepted), { store: intentStore(bad) }).textToVideo.create(request);
  } finally {
    console.warn = real;
  }
  assert.deepEqual(warned.map(({ kind }) => kind), ["store"]);
  const onProblem = () => { throw new Error("of its own"); };
  assert.equal((await client(scripted(accepted), { store: intentStore(bad, { onProblem }) }).textToVideo.create(request)).id, "t-1");
});

test("a store that was given up, and kept it after all, is told that it was not sent", async () => {
  const gate = open();
  const states = [];
  const slow = store(async ({ state }) => {
    if (state === "sending") await gate.promise;
    states.push(state);
  });
  const script = scripted(accepted);
  const error = await jumping(() => rejection(client(script, { store: slow }).textToVideo.create(request)));
  gate.resolve();
  await until(() => states.length === 2);
  assert.deepEqual([error.kind, states, script.calls.length], ["store", ["sending", "unsent"], 0]);
});

test("aborted between the store and the POST: at once, nothing is sent, and it is kept as unsent", async () => {
  const gate = open();
  const states = [];
  const slow = store(async ({ state }) => {
    states.push(state);
    if (state === "sending") await gate.promise;
  });
  const script = scripted(accepted);
  const stop = new AbortController();
  const creating = rejection(client(script, { store: slow }).textToVideo.create(request, { signal: stop.signal }));
  await until(() => states.length === 1);
  const reason = new Error("enough");
  stop.abort(reason);
  assert.equal(await creating, reason);
  assert.deepEqual(states, ["sending"], "nobody waited for the store");
  gate.resolve();
  await until(() => states.length === 2);
  assert.deepEqual([states, script.calls.length], [["sending", "unsent"], 0]);
});

test("aborted by the store's own hand: nothing is sent", async () => {
  const stop = new AbortController();
  const states = [];
  const script = scripted(accepted);
  const store = intentStore({ put: ({ state }) => (states.push(state), stop.abort()) });
  await rejection(client(script, { store }).textToVideo.create(request, { signal: stop.signal }));
  await until(() => states.length === 2);
  assert.deepEqual([states, script.calls.length], [["sending", "unsent"], 0]);
});

test("aborted while it is on its way: at once, and it is kept as unsure", async () => {
  const kept = listed();
  const stop = new AbortController();
  const script = scripted(() => (setImmediate(() => stop.abort()), never()));
  const error = await rejection(client(script, { store: kept.store }).textToVideo.create(request, { signal: stop.signal }));
  assert.equal(error.name, "AbortError");
  await until(() => kept.list.length === 2);
  assert.deepEqual([kept.states(), "error" in kept.list[1], script.posts], [["sending", "unsure"], false, 1]);
});

test("aborted while its task is being kept: the task is given at once, and kept", async () => {
  const gate = open();
  const states = [];
  const stop = new AbortController();
  const slow = store(async ({ state }) => {
    if (state === "accepted") {
      stop.abort();
      await gate.promise;
    }
    states.push(state);
  });
  const task = await client(scripted(accepted), { store: slow }).textToVideo.create(request, { signal: stop.signal });
  assert.deepEqual([task.id, states], ["t-1", ["sending"]]);
  gate.resolve();
  await until(() => states.length === 2);
});

test("of images there is size and digest, or their address", async () => {
  const kept = listed();
  const script = scripted(accepted);
  const mine = client(script, { store: kept.store });
  const file = png(640, 480, 5000);
  const text = Buffer.from(file).toString("base64");
  const uri = `data:image/png;base64,${text}`;
  const bytes = { bytes: 5000, sha256: sha256(file) };
  const asText = (of) => ({ bytes: of.length, sha256: sha256(of) });
  const url = "https://example.com/a.png";
  const changing = file.slice();
  const cases = [
    [{ image: new Blob([file]) }, { image: bytes }],
    [{ image: url, end_image: new Blob([file]) }, { image: url, end_image: bytes }],
    [{ image: new URL(url), end_image: uri }, { image: url, end_image: asText(uri) }],
    [{ image: text }, { image: asText(text) }],
    [{ image: changing, end_image: file.buffer }, { image: bytes, end_image: bytes }],
  ];
  for (const [images, expected] of cases) {
    kept.list.length = 0;
    const creating = mine.imageToVideo.create({ prompt: "A fox", ...images });
    if (images.image === changing) changing.fill(0);
    await creating;
    for (const { request: found } of kept.list) {
      const { image, end_image = undefined } = found;
      assert.deepEqual({ image, end_image }, { end_image: undefined, ...expected });
    }
    assert.equal(kept.list.length, 2);
    assert.ok(JSON.stringify(kept.list).length < 3000, "small, whatever the image is");
  }
});

test("the key is in nothing that is kept, not even where it was written into a prompt", async () => {
  const kept = listed();
  const script = scripted(json({ code: 400, reason: "ILLEGAL_PROMPT", message: `${KEY} is bad`, metadata: {} }, 400));
  const prompt = `A fox says "${KEY}"`;
  await rejection(client(script, { store: kept.store }).textToVideo.create({ prompt }, { headers: { "x-key": KEY } }));
  assert.deepEqual([kept.list.length, JSON.stringify(kept.list).includes(KEY)], [2, false]);
  assert.equal(kept.list[0].request.prompt, 'A fox says "[removed]"');
});

test("an accepted intent is taken up again", async () => {
  const kept = listed();
  await client(scripted(accepted), { store: kept.store }).textToVideo.create(request);
  const mine = client(scripted(done()));
  const task = mine.task(JSON.parse(JSON.stringify(kept.list[1])));
  assert.deepEqual(task.toJSON(), kept.list[1].task);
  const { videos } = await jumping(() => task.result());
  assert.equal(videos[0].url, "https://files.example/v.mp4");
  assert.throws(() => mine.task(kept.list[0]), TypeError, "of one without a task there is nothing to take up");
});

test("what is no store is refused", () => {
  for (const store of [null, {}, { put() {} }]) assert.throws(() => client(scripted(accepted), { store }), /rushes\/store/);
  for (const keeper of [undefined, null, {}]) assert.throws(() => intentStore(keeper), TypeError);
});

test("who has no store loads none, and browsers meet nothing of Node's", () => {
  const text = (name) => readFileSync(join(folder, "dist", name), "utf8");
  assert.doesNotMatch(text("index.js"), /indexedDB|SHA-256|node:/);
  for (const name of ["store.js", "store.cjs"]) assert.doesNotMatch(text(name), /node:|WebAssembly/);
  const imports = [...text("store-node.js").matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
  assert.deepEqual([...new Set(imports)].sort(), ["node:fs/promises", "node:path", "node:url", "rushes"]);
});
