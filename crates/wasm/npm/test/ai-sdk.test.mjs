// The provider for the Vercel AI SDK, under the real `ai` of both versions that know video models.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { APICallError } from "@ai-sdk/provider";
import * as ai7 from "ai";
import * as ai6 from "ai-6";

import { folder, png, rejection, rushes } from "./kit.mjs";

const load = (entry) => import(pathToFileURL(join(folder, `dist/${entry}.js`)).href);
const { createRushes, rushes: usual } = await load("ai-sdk");
const { FakeProvider, withoutWaiting } = await load("testing");
const { RushesError } = rushes;

const VERSIONS = { "AI SDK 7": ai7, "AI SDK 6": ai6 };
const IMAGE = png(640, 480);
const DATA_URI = `data:image/png;base64,${Buffer.from(IMAGE).toString("base64")}`;
const SOON = { reads: ["succeeded"] };

// The AI SDK prints warnings unless told not to.
before(() => (globalThis.AI_SDK_LOG_WARNINGS = false));
after(() => delete globalThis.AI_SDK_LOG_WARNINGS);

/** Generates on a stand-in that was told something, without waiting. */
const generate = (ai, call, told = SOON, { model = "kling-v3.0-std", ...options } = {}) =>
  withoutWaiting(async () => {
    const provider = new FakeProvider(told);
    const sdk = createRushes({ apiKey: "test", fetch: provider.fetch, ...options });
    const outcome = await ai.experimental_generateVideo({ model: sdk.video(model), prompt: "A fox", ...call }).then(
      (result) => ({ result }),
      (error) => ({ error }),
    );
    return { ...outcome, provider, sent: provider.bill().tasks.map(({ endpoint, request }) => ({ endpoint, ...request })) };
  });

for (const [version, ai] of Object.entries(VERSIONS)) {
  test(`${version}: from a prompt to a video`, async () => {
    const { result, error, provider, sent } = await generate(ai, { aspectRatio: "9:16", duration: 8 });
    assert.equal(error, undefined);
    assert.deepEqual(sent, [{ endpoint: "text-to-video", prompt: "A fox", duration: 8, aspect_ratio: "9:16" }]);
    assert.deepEqual([result.videos.length, result.video.mediaType, result.warnings], [1, "video/mp4", []]);
    assert.equal(Buffer.from(result.video.uint8Array).toString("latin1", 4, 8), "ftyp");
    const [{ id, seconds, usd }] = provider.bill().tasks;
    const [facts] = result.providerMetadata.rushes.videos;
    assert.deepEqual([facts.taskId, facts.seconds, facts.estimatedUsd], [id, seconds, usd]);
    assert.ok(facts.url.startsWith("https://") && Date.parse(facts.expiresAt) > Date.now());
    assert.equal(result.responses[0].modelId, "kling-v3.0-std");
  });

  test(`${version}: several videos are several tasks, each billed once`, async () => {
    const { result, provider } = await generate(ai, { n: 3 });
    const ids = provider.bill().tasks.map(({ id }) => id);
    assert.deepEqual([ids.length, result.videos.length, provider.count("create")], [3, 3, 3]);
    assert.deepEqual(new Set(result.providerMetadata.rushes.videos.map(({ taskId }) => taskId)), new Set(ids));
  });

  for (const [name, image] of Object.entries({ bytes: IMAGE, "a data URI": DATA_URI, base64: DATA_URI.split(",")[1], "a URL": "https://example.com/fox.png" })) {
    test(`${version}: an image given as ${name}`, async () => {
      const { sent, error } = await generate(ai, { prompt: { image, text: "The fox wakes" } });
      assert.equal(error, undefined);
      const expected = name === "a URL" ? image : DATA_URI;
      assert.deepEqual(sent, [{ endpoint: "image-to-video", image: expected, prompt: "The fox wakes" }]);
    });
  }

  test(`${version}: options of the API's own, by its own names`, async () => {
    const image = { prompt: { image: DATA_URI, text: "A fox" } };
    const cases = [
      [{}, { negative_prompt: "blur", cfg_scale: 0.7, sound: true }],
      [image, { multi_prompt: [{ prompt: "It wakes", duration: 3 }, { prompt: "It runs", duration: 4 }] }],
      [image, { end_image: "https://example.com/end.png" }],
    ];
    for (const [call, own] of cases) {
      const { sent, error } = await generate(ai, { ...call, providerOptions: { rushes: own } });
      assert.equal(error, undefined);
      for (const [field, value] of Object.entries(own)) assert.deepEqual(sent[0][field], value, field);
    }
  });

  test(`${version}: what breaks a rule is refused before anything is sent, with every issue`, async () => {
    const call = { duration: 16, aspectRatio: "4:3", providerOptions: { rushes: { negativePrompt: "blur" } } };
    const { error, provider } = await generate(ai, call);
    assert.ok(RushesError.is(error));
    assert.deepEqual(error.issues.map(({ path, code }) => [path, code]), [
      ["/duration", "out_of_range"],
      ["/aspect_ratio", "not_allowed"],
      ["/negativePrompt", "unknown_field"],
    ]);
    assert.equal(provider.calls.length, 0);
  });

  const FAULTS = [
    // what goes wrong, tasks billed, POSTs, the kind of error; core itself sends again what surely was not accepted
    [[{ kind: "reset", accepted: true }], 1, 1, "unsure"],
    [[{ kind: "html" }], 0, 1, "unsure"],
    [[{ kind: "no_task_id" }], 1, 1, "unsure"],
    [[{ kind: "refusal", reason: "ILLEGAL_PROMPT" }], 0, 1, "moderation"],
    [[{ kind: "refusal", reason: "SERVICE_NOT_AVAILABLE" }], 0, 1, "unsure"],
    [[{ kind: "rate_limit", retryAfter: 3 }], 1, 2, undefined],
    [Array(4).fill({ kind: "unreachable" }), 1, 5, undefined],
    [[{ kind: "rate_limit", retryAfter: 3600 }], 0, 1, "rate_limit"],
  ];
  for (const [faults, billed, posts, kind] of FAULTS) {
    test(`${version}: ${faults.length} × ${JSON.stringify(faults[0])}`, async () => {
      const { error, provider } = await generate(ai, {}, { ...SOON, script: faults.map((fault) => ({ fault })) });
      assert.deepEqual([error?.kind, provider.bill().tasks.length, provider.count("create")], [kind, billed, posts]);
      if (kind === undefined) return;
      assert.deepEqual([APICallError.isInstance(error), error.isRetryable, RushesError.is(error)], [true, false, true]);
    });
  }

  test(`${version}: a task that failed is not made again`, async () => {
    const { error, provider } = await generate(ai, {}, { reads: [{ status: "failed", reason: "Against the rules." }] });
    assert.deepEqual([error.kind, error.reason, error.task.id], ["task_failed", "Against the rules.", provider.bill().tasks[0].id]);
    assert.equal(provider.count("create"), 1);
  });

  test(`${version}: a file that cannot be fetched does not make another video`, async () => {
    const { error, provider } = await generate(ai, {}, { script: [{ reads: ["succeeded"], files: Array(9).fill({ kind: "reset" }) }] });
    assert.deepEqual([error.kind, error.isRetryable, provider.count("create")], ["network", false, 1]);
    assert.equal(error.task.id, provider.bill().tasks[0].id);
  });

  test(`${version}: an abort ends the wait at once; before the call nothing is sent`, async () => {
    const provider = new FakeProvider({ script: [{ fault: { kind: "silence" } }] });
    const model = createRushes({ apiKey: "test", fetch: provider.fetch }).video("kling-v3.0-std");
    const controller = new AbortController();
    const found = rejection(ai.experimental_generateVideo({ model, prompt: "A fox", abortSignal: controller.signal }));
    while (provider.calls.length === 0) await new Promise(setImmediate);
    controller.abort();
    assert.equal((await found).name, "AbortError");
    assert.equal(provider.count("create"), 1);
    const before = new FakeProvider();
    const other = createRushes({ apiKey: "test", fetch: before.fetch }).video("kling-v3.0-std");
    await rejection(ai.experimental_generateVideo({ model: other, prompt: "A fox", abortSignal: AbortSignal.abort() }));
    assert.equal(before.calls.length, 0);
  });

  test(`${version}: the registry finds the model, and no other`, () => {
    const registry = ai.createProviderRegistry({ rushes: createRushes({ apiKey: "test" }) });
    assert.equal(registry.languageModel !== undefined, true);
    assert.throws(() => registry.languageModel("rushes:gpt"), { name: "AI_NoSuchModelError" });
    if (ai === ai7) assert.equal(registry.videoModel("rushes:kling-v3.0-std-i2v").modelId, "kling-v3.0-std-i2v");
  });
}

const WARNINGS = [
  [{ seed: 7 }, ["seed"]],
  [{ fps: 24 }, []],
  [{ fps: 30 }, ["fps"]],
  [{ resolution: "720x1280" }, [], { aspect_ratio: "9:16" }],
  [{ resolution: "1920x1080" }, ["resolution"]],
  [{ resolution: "1280x720", aspectRatio: "1:1" }, ["resolution"], { aspect_ratio: "1:1" }],
  [{ aspectRatio: "adaptive" }, ["aspectRatio"]],
  [{ prompt: { image: DATA_URI, text: "A fox" }, aspectRatio: "adaptive" }, []],
  [{ prompt: { image: DATA_URI, text: "A fox" }, aspectRatio: "1:1", resolution: "1280x720" }, ["resolution", "aspectRatio"]],
  [{ inputReferences: [DATA_URI] }, ["inputReferences"]],
  [{ generateAudio: true }, [], { sound: true }],
];
for (const [call, features, fields = {}] of WARNINGS) {
  test(`settings: ${JSON.stringify(call).replace(/data:[^"]*/, "data:…")}`, async () => {
    const { result, error, sent } = await generate(ai7, call);
    assert.equal(error, undefined);
    assert.deepEqual(result.warnings.map(({ feature }) => feature), features);
    for (const [field, value] of Object.entries({ aspect_ratio: undefined, sound: undefined, ...fields })) assert.equal(sent[0][field], value, field);
  });
}

test("a first and a last frame", async () => {
  const frameImages = [
    { image: DATA_URI, frameType: "first_frame" },
    { image: "https://example.com/end.png", frameType: "last_frame" },
  ];
  const { sent } = await generate(ai7, { frameImages });
  assert.deepEqual(sent, [{ endpoint: "image-to-video", image: DATA_URI, prompt: "A fox", end_image: "https://example.com/end.png" }]);
});

test("a file handed over as base64, as the interface allows", async () => {
  const provider = new FakeProvider(SOON);
  const model = createRushes({ apiKey: "test", fetch: provider.fetch }).video("kling-v3.0-std");
  const image = { type: "file", mediaType: "image/png", data: DATA_URI.split(",")[1] };
  await withoutWaiting(() => model.doGenerate({ prompt: "A fox", n: 1, image, providerOptions: {} }));
  assert.equal(provider.bill().tasks[0].request.image, DATA_URI);
});

test("a model named by its endpoint takes no other's request", async () => {
  const image = { prompt: { image: DATA_URI, text: "A fox" } };
  const t2v = await generate(ai7, image, SOON, { model: "kling-v3.0-std-t2v" });
  assert.deepEqual(t2v.error.issues.map(({ path, code }) => [path, code]), [["/image", "unknown_field"]]);
  const i2v = await generate(ai7, {}, SOON, { model: "kling-v3.0-std-i2v" });
  assert.deepEqual(i2v.error.issues.map(({ path, code }) => [path, code]), [["/image", "required"]]);
  assert.throws(() => usual.video("veo-3"), { name: "AI_NoSuchModelError" });
});

test("what an accepted request's author should know is a warning", async () => {
  const own = { multi_prompt: [{ prompt: "x".repeat(600), duration: 3 }] };
  const { result } = await generate(ai7, { prompt: { image: IMAGE, text: "A fox" }, providerOptions: { rushes: own } });
  assert.deepEqual(result.warnings.map(({ type, message }) => [type, message.split(":")[0]]), [["other", "/multi_prompt/0/prompt"]]);
});

test("every task is told as soon as there is one, and waited for", async () => {
  const order = [];
  const onTask = async (task) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    order.push(task.id);
  };
  const failing = { script: [{ reads: ["failed"] }, SOON] };
  const { error, provider } = await generate(ai7, { n: 2 }, failing, { onTask });
  assert.equal(error.kind, "task_failed");
  assert.deepEqual(order.sort(), provider.bill().tasks.map(({ id }) => id).sort());
  const mine = new Error("mine");
  const refused = await generate(ai7, {}, SOON, { onTask: () => Promise.reject(mine) });
  assert.equal(refused.error, mine);
});

test("more than one video a call is refused before anything is sent", async () => {
  const { error, provider } = await generate(ai7, { n: 2, maxVideosPerCall: 2 });
  assert.ok(error instanceof TypeError);
  assert.equal(provider.calls.length, 0);
});

test("start now, ask later: a look that told nothing leaves it pending", async () => {
  await withoutWaiting(async () => {
    const reads = ["queued", { kind: "html" }, { status: "processing", progress_percent: 50 }, "succeeded"];
    const provider = new FakeProvider({ script: [{ reads }, { reads: [{ status: "failed", reason: "No." }] }] });
    const model = () => createRushes({ apiKey: "test", fetch: provider.fetch }).video("kling-v3.0-std");
    const { operation } = await ai7.experimental_startVideo({ model: model(), prompt: "A fox", duration: 8 });
    const stored = JSON.parse(JSON.stringify(operation));
    assert.equal(stored.id, provider.bill().tasks[0].id);
    const seen = [];
    for (let tries = 0; tries < 9 && seen.at(-1) !== "completed"; tries++) {
      const found = await ai7.experimental_getVideoStatus(model(), { operation: stored });
      seen.push(found.status);
      if (found.status !== "completed") continue;
      assert.equal((await provider.fetch(found.videos[0].url)).status, 200);
      assert.equal(found.providerMetadata.rushes.videos[0].seconds, 8);
    }
    assert.deepEqual(seen, ["pending", "pending", "pending", "completed"]);
    const second = await ai7.experimental_startVideo({ model: model(), prompt: "A crow" });
    const failed = await ai7.experimental_getVideoStatus(model(), { operation: second.operation });
    assert.deepEqual([failed.status, failed.error], ["error", "No."]);
    assert.equal(provider.count("create"), 2);
  });
});

test("polled by the AI SDK, with the file fetched its way", async () => {
  await withoutWaiting(async () => {
    const provider = new FakeProvider();
    const model = createRushes({ apiKey: "test", fetch: provider.fetch }).video("kling-v3.0-std");
    const download = async ({ url }) => ({ data: new Uint8Array(await (await provider.fetch(url)).arrayBuffer()), mediaType: undefined });
    const { video } = await ai7.experimental_generateVideo({ model, prompt: "A fox", poll: { intervalMs: 10_000 }, download });
    assert.equal(Buffer.from(video.uint8Array).toString("latin1", 4, 8), "ftyp");
  });
});

test("headers of the caller's go along, those that the AI SDK makes up do not", async () => {
  const provider = new FakeProvider(SOON);
  const seen = [];
  const fetch = (url, init) => {
    if (init.method === "POST") seen.push(new Headers(init.headers));
    return provider.fetch(url, init);
  };
  const model = createRushes({ apiKey: "test", fetch }).video("kling-v3.0-std");
  const headers = { "X-Team": "films" };
  await withoutWaiting(() => ai7.experimental_generateVideo({ model, prompt: "A fox", headers }));
  await ai7.experimental_startVideo({ model, prompt: "A fox", headers });
  const names = seen.map((sent) => ["x-team", "user-agent", "idempotency-key"].map((name) => sent.get(name)));
  assert.deepEqual(names, Array(2).fill(["films", null, null]));
});

test("a client of one's own is used, and shares its class with the package", async () => {
  const provider = new FakeProvider(SOON);
  const client = new rushes.Rushes({ apiKey: "test", fetch: provider.fetch });
  let seen;
  const model = createRushes({ client, onTask: (task) => (seen = task) }).video("kling-v3.0-std");
  await withoutWaiting(() => ai7.experimental_generateVideo({ model, prompt: "A fox" }));
  assert.equal(client.task(seen.toJSON()).constructor, seen.constructor);
  const { error } = await generate(ai7, { duration: 99 });
  assert.ok(error instanceof RushesError);
});

test("the CommonJS build", async () => {
  const require = createRequire(join(folder, "package.json"));
  const provider = new FakeProvider(SOON);
  const model = require("rushes/ai-sdk").createRushes({ apiKey: "test", fetch: provider.fetch }).video("kling-v3.0-std");
  const { video } = await withoutWaiting(() => ai7.experimental_generateVideo({ model, prompt: "A fox" }));
  assert.equal(video.mediaType, "video/mp4");
});
