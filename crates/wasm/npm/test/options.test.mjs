// What can be said to a client and to a call.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import { KEY, broken, client, done, jumping, json, never, old, png, rejection, rushes, scripted, sentBody } from "./kit.mjs";

const request = { prompt: "A fox leaps a mossy log" };
const accepted = json({ task_id: "t-1" });

test("headers of one's own go along, and replace none of ours", async () => {
  const script = scripted(accepted, done());
  const rushes = client(script, { headers: new Headers({ "X-Team": "film", authorization: "Basic no", "content-type": "text/plain" }) });
  const task = await rushes.textToVideo.create(request, { headers: [["X-Take", "7"], ["X-Team", "edit"]] });
  await rushes.task({ ...old(), id: task.id }).result();
  const [post, get] = script.calls.map((call) => call.headers);
  assert.deepEqual(post, { Accept: "application/json", Authorization: `Bearer ${KEY}`, "Content-Type": "application/json", "x-team": "edit", "x-take": "7" });
  assert.deepEqual(get, { Accept: "application/json", Authorization: `Bearer ${KEY}`, "x-team": "film", "content-type": "text/plain" });
});

test("a gateway's own way to know its users goes along where there is no key", async () => {
  const script = scripted(accepted);
  const rushes = client(script, { apiKey: null, baseURL: "https://gateway.example", headers: { Authorization: "Basic yes" } });
  await rushes.textToVideo.create(request);
  assert.equal(script.calls[0].headers.authorization, "Basic yes");
});

test("the debug hook is told of every request, and never of a key, a header or a body", async () => {
  const events = [];
  const busy = json({ reason: "RATE_LIMIT_EXCEEDED" }, 429, { "x-request-id": "r-1" });
  const script = scripted(busy, broken("ECONNREFUSED", "connect"), accepted, broken("ECONNRESET", "read"), done());
  await jumping(async () => {
    const rushes = client(script, { debug: (event) => events.push(event) });
    const task = await rushes.textToVideo.create(request);
    await rushes.task({ ...old(), id: task.id }).result();
  });
  const base = "https://api.novita.ai/v3/async/";
  assert.deepEqual(
    events.map(({ type, method, url, status, bytes, requestId }) => [type, method, url.replace(base, ""), status ?? bytes, requestId]),
    [
      ["request", "POST", "kling-v3.0-std-t2v", 36, undefined],
      ["answer", "POST", "kling-v3.0-std-t2v", 429, "r-1"],
      ["request", "POST", "kling-v3.0-std-t2v", 36, undefined],
      ["not_sent", "POST", "kling-v3.0-std-t2v", undefined, undefined],
      ["request", "POST", "kling-v3.0-std-t2v", 36, undefined],
      ["answer", "POST", "kling-v3.0-std-t2v", 200, undefined],
      ["request", "GET", "task-result?task_id=t-1", 0, undefined],
      ["lost", "GET", "task-result?task_id=t-1", undefined, undefined],
      ["request", "GET", "task-result?task_id=t-1", 0, undefined],
      ["answer", "GET", "task-result?task_id=t-1", 200, undefined],
    ],
  );
  assert.ok(!inspect(events, { depth: 9 }).includes(KEY) && !inspect(events, { depth: 9 }).includes("fox"));
});

test("the debug hook cannot break a create, and hears of an aborted one", async () => {
  const hook = () => { throw new Error("mine"); };
  assert.equal((await client(scripted(accepted), { debug: hook }).textToVideo.create(request)).id, "t-1");
  const types = [];
  const controller = new AbortController();
  const promise = client(scripted(never), { debug: ({ type }) => types.push(type) }).textToVideo.create(request, { signal: controller.signal });
  await new Promise(setImmediate);
  controller.abort("enough");
  assert.equal(await rejection(promise), "enough");
  assert.deepEqual(types, ["request", "aborted"]);
});

test("abortSignal is another name for signal", async () => {
  const script = scripted(accepted);
  const rushes = client(script);
  const options = { abortSignal: AbortSignal.abort("no") };
  const task = rushes.task(old());
  const waits = [
    rushes.textToVideo.create(request, options), task.result(options), task.updates(options).next(),
    rushes.watch(["t-1"], options).next(), rushes.textToVideo.create(request, options).result(),
  ];
  for (const wait of waits) assert.equal(await rejection(wait), "no");
  assert.equal(script.calls.length, 0);
});

test("what is no signal is refused before anything is sent", async () => {
  const script = scripted(accepted);
  const rushes = client(script);
  const signal = new AbortController();
  await assert.rejects(rushes.textToVideo.create(request, { signal }), TypeError);
  await assert.rejects(rushes.task(old()).result({ signal }), TypeError);
  assert.throws(() => rushes.task(old()).updates({ signal }), TypeError);
  assert.equal(script.calls.length, 0);
  await rushes.textToVideo.create(request, { signal: null });
});

test("a time-out that is none is refused before anything is sent", async () => {
  const script = scripted(accepted);
  for (const timeout of [0, -1, NaN, "5000", {}]) {
    await assert.rejects(client(script).textToVideo.create(request, { timeout }), TypeError, String(timeout));
    await assert.rejects(client(script).textToVideo.create(request).result({ timeout }), TypeError, String(timeout));
    await assert.rejects(client(scripted(done())).task(old()).result({ timeout }), TypeError, String(timeout));
  }
  const sent = script.posts;
  for (const timeout of [null, Infinity]) await client(script).textToVideo.create(request, { timeout });
  assert.equal(script.posts - sent, 2);
});

// How long a create that gets no answer is waited for, in milliseconds: by its size, unless told.
const file = new Blob([png(640, 480, 9_000_000)]);
const waits = [
  ["a short request", {}, "textToVideo", request, undefined, [60_000, 60_100]],
  ["a large image", {}, "imageToVideo", { ...request, image: file }, undefined, [60_000 + 12_000_000 / 64, 60_000 + 12_001_000 / 64]],
  ["the client's own time-out", { timeout: 5000 }, "imageToVideo", { ...request, image: file }, undefined, [5000, 5000]],
  ["the call's own time-out", { timeout: 5000 }, "textToVideo", request, 7000, [7000, 7000]],
];

for (const [name, options, kind, value, timeout, [least, most]] of waits) {
  test(`how long an answer is waited for: ${name}`, async () => {
    await jumping(async ({ passed }) => {
      const found = await rejection(client(scripted(never), options)[kind].create(value, { timeout }));
      assert.equal(found.kind, "unsure");
      assert.ok(passed() >= least && passed() <= most, `${passed()} ms`);
    });
  });
}

test("without a time-out a create is waited for as long as it takes", async () => {
  await jumping(async ({ pending }) => {
    const controller = new AbortController();
    const promise = client(scripted(never)).textToVideo.create(request, { timeout: null, signal: controller.signal });
    await new Promise(setImmediate);
    assert.equal(pending(), 0);
    controller.abort("enough");
    assert.equal(await rejection(promise), "enough");
  });
});

test("files are written as bare base64 where the client is told so", async () => {
  const image = png(640, 480);
  const text = Buffer.from(image).toString("base64");
  for (const [inlineForm, expected] of [["base64", text], ["data-uri", `data:image/png;base64,${text}`], [undefined, `data:image/png;base64,${text}`]]) {
    const script = scripted(accepted);
    await client(script, { inlineForm }).imageToVideo.create({ ...request, image });
    assert.equal((await sentBody(script.calls[0])).image, expected);
  }
});

test("estimate takes any file, and refuses what is none", () => {
  for (const image of [new Blob(["x"]), new Uint8Array(3), new ArrayBuffer(3), "https://example.com/a.png"]) {
    assert.equal(rushes.estimate("image-to-video", { ...request, image }).seconds, 5);
  }
  for (const image of [{}, [], 5, null]) {
    assert.throws(() => rushes.estimate("image-to-video", { ...request, image }), (error) => error.kind === "invalid");
  }
});
