// The test kit: the stand-in does what its script says, and keeps the provider's promises where it says nothing.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { folder, png, rejection, rushes } from "./kit.mjs";

const { FakeProvider, FakeTime, withoutWaiting } = await import(pathToFileURL(join(folder, "dist/testing.js")).href);
const { Rushes, RushesError } = rushes;
const request = { prompt: "A fox leaps a mossy log", duration: 8, sound: true };
const client = (provider, more = {}) => new Rushes({ apiKey: "test", fetch: provider.fetch, ...more });
const CREATE = "https://api.novita.ai/v3/async/kling-v3.0-std-t2v";
const RESULT = "https://api.novita.ai/v3/async/task-result?task_id=";
const post = (provider, body, init = {}) => provider.fetch(CREATE, { method: "POST", body: JSON.stringify(body), ...init });

/** Makes one video on a stand-in that was told something, with time that jumps. */
const make = (options, more = {}) =>
  withoutWaiting(async () => {
    const provider = new FakeProvider(options);
    const outcome = await client(provider, more)
      .textToVideo.create(request)
      .result()
      .then((result) => ({ result }), (error) => ({ error }));
    return { ...outcome, provider };
  });

test("from a prompt to a file, and a bill", async () => {
  const { result, provider, error } = await make({});
  assert.equal(error, undefined);
  const blob = await result.videos[0].blob();
  assert.equal(blob.type, "video/mp4");
  const { tasks, seconds, usd } = provider.bill();
  assert.deepEqual([tasks.length, tasks[0].endpoint, tasks[0].request, seconds], [1, "text-to-video", { ...request }, 8]);
  assert.equal(usd, rushes.estimate("text-to-video", request).usd);
  assert.deepEqual(["create", "read", "file"].map((kind) => provider.count(kind)), [1, 3, 1]);
});

const CREATES = [
  // what goes wrong, the kind of error (none: it was made all the same), how many tasks are billed, how many POSTs
  [{ kind: "unreachable" }, undefined, 1, 2],
  [{ kind: "reset" }, "unsure", 0, 1],
  [{ kind: "reset", accepted: true }, "unsure", 1, 1],
  [{ kind: "silence" }, "unsure", 1, 1],
  [{ kind: "rate_limit", retryAfter: 3 }, undefined, 1, 2],
  [{ kind: "rate_limit", retryAfter: 600 }, "rate_limit", 0, 1],
  [{ kind: "refusal", reason: "ILLEGAL_PROMPT" }, "moderation", 0, 1],
  [{ kind: "refusal", reason: "NOT_ENOUGH_BALANCE" }, "balance", 0, 1],
  [{ kind: "refusal", reason: "INVALID_API_KEY" }, "auth", 0, 1],
  [{ kind: "refusal", reason: "SERVICE_NOT_AVAILABLE" }, "unsure", 0, 1],
  [{ kind: "refusal", reason: "CREATE_TASK_FAILED", accepted: true }, "unsure", 1, 1],
  [{ kind: "html" }, "unsure", 0, 1],
  [{ kind: "html", status: 504, accepted: true }, "unsure", 1, 1],
  [{ kind: "malformed" }, "unsure", 1, 1],
  [{ kind: "cut" }, "unsure", 1, 1],
  [{ kind: "slow", ms: 5000 }, undefined, 1, 1],
  [{ kind: "slow", ms: 500_000 }, "unsure", 1, 1],
  [{ kind: "no_task_id" }, "unsure", 1, 1],
  [{ kind: "answer", body: { error: { message: "No.", code: 401 } }, status: 401 }, "auth", 0, 1],
];
for (const [fault, kind, billed, posts] of CREATES) {
  test(`a create that meets ${JSON.stringify(fault)}`, async () => {
    const { error, provider } = await make({ script: [{ fault }] });
    assert.deepEqual([error?.kind, provider.bill().tasks.length, provider.count("create")], [kind, billed, posts]);
  });
}

test("Retry-After is waited for", async () => {
  const { provider } = await make({ script: [{ fault: { kind: "rate_limit", retryAfter: 40 } }] });
  const [first, second] = provider.calls;
  assert.equal(second.kind, "create");
  assert.ok(second.at - first.at >= 40_000, `${second.at - first.at} ms`);
});

test("in a browser a refused connection cannot be told from any other", async () => {
  const { error, provider } = await make({ script: [{ fault: { kind: "unreachable" } }], errors: "browser" });
  assert.deepEqual([error.kind, provider.count("create")], ["unsure", 1]);
});

test("reads: states, words nobody knows, and faults, none of which ends the task", async () => {
  const faults = [
    [{ kind: "reset" }, "network"],
    [{ kind: "unreachable" }, "network"],
    [{ kind: "html" }, "provider"],
    [{ kind: "malformed" }, "provider"],
    [{ kind: "refusal", reason: "SERVICE_NOT_AVAILABLE" }, "provider"],
    [{ kind: "rate_limit", retryAfter: 9 }, "rate_limit"],
    [{ kind: "silence" }, "network"],
  ];
  const states = ["queued", { status: "processing", progress_percent: 40, eta: 9 }, { status: "TASK_STATUS_DREAMING" }, "unknown"];
  const end = { status: "failed", reason: "The prompt is against the rules." };
  await withoutWaiting(async () => {
    const provider = new FakeProvider({ script: [{ reads: [...states, ...faults.map(([fault]) => fault), end] }] });
    const task = await client(provider).textToVideo.create(request);
    const seen = [];
    for await (const { providerStatus, problem, eta } of task.updates()) seen.push([providerStatus, problem?.kind ?? eta]);
    assert.deepEqual(seen, [
      ["TASK_STATUS_QUEUED", null],
      ["TASK_STATUS_PROCESSING", 9],
      ["TASK_STATUS_DREAMING", null],
      ["TASK_STATUS_UNKNOWN", null],
      ...faults.map(([, kind]) => ["TASK_STATUS_UNKNOWN", kind]),
      ["TASK_STATUS_FAILED", null],
    ]);
    const error = await rejection(task.result());
    assert.deepEqual([error.kind, error.reason, error.task.id], ["task_failed", end.reason, task.id]);
  });
});

test("states that last: what a read finds depends on the clock alone", async () => {
  let now = 1_000_000;
  const reads = [{ status: "queued", ms: 5000 }, { status: "processing", ms: 20_000 }, "succeeded"];
  const provider = new FakeProvider({ reads, now: () => now });
  const { task_id } = await (await post(provider, request)).json();
  const seen = {};
  for (const at of [0, 4999, 5000, 24_999, 25_000, 99_000]) {
    now = 1_000_000 + at;
    seen[at] = (await (await provider.fetch(RESULT + task_id)).json()).task.status;
  }
  assert.deepEqual(seen, {
    0: "TASK_STATUS_QUEUED",
    4999: "TASK_STATUS_QUEUED",
    5000: "TASK_STATUS_PROCESSING",
    24999: "TASK_STATUS_PROCESSING",
    25000: "TASK_STATUS_SUCCEED",
    99000: "TASK_STATUS_SUCCEED",
  });
  provider.say(task_id, "failed");
  assert.equal((await (await provider.fetch(RESULT + task_id)).json()).task.status, "TASK_STATUS_FAILED");
  assert.throws(() => provider.say("nobody", "failed"), TypeError);
});

test("a success without a URL", async () => {
  const { error } = await make({ reads: [{ status: "succeeded", video: false }] });
  assert.equal(error.kind, "provider");
});

test("what breaks a rule is refused in the documented form, and not billed", async () => {
  const provider = new FakeProvider();
  const cases = [
    [{ prompt: "", duration: 16, cfg: 1 }, "INVALID_REQUEST_BODY"],
    [undefined, "INVALID_REQUEST_BODY"],
  ];
  for (const [body, reason] of cases) {
    const answer = await post(provider, body);
    const found = await answer.json();
    assert.deepEqual([answer.status, found.code, found.reason], [400, 400, reason]);
  }
  const i2v = CREATE.replace("t2v", "i2v");
  const small = { image: `data:image/png;base64,${Buffer.from(png(200, 200)).toString("base64")}`, prompt: "A fox" };
  const answer = await provider.fetch(i2v, { method: "POST", body: JSON.stringify(small) });
  assert.equal((await answer.json()).reason, "INVALID_IMAGE_SIZE");
  assert.equal(provider.bill().tasks.length, 0);
  const gif = { ...small, image: `data:image/gif;base64,${Buffer.from("GIF89a______").toString("base64")}` };
  assert.equal((await (await provider.fetch(i2v, { method: "POST", body: JSON.stringify(gif) })).json()).reason, "INVALID_IMAGE_FORMAT");
});

test("only the right key, where one is set, and no other route", async () => {
  const provider = new FakeProvider({ apiKey: "right" });
  const kinds = [];
  for (const apiKey of ["wrong", "right"]) {
    kinds.push(await client(provider, { apiKey }).textToVideo.create(request).then(() => "made", (error) => `${error.kind} ${error.reason}`));
  }
  assert.deepEqual(kinds, ["auth INVALID_API_KEY", "made"]);
  const reason = async (url) => (await (await new FakeProvider().fetch(url)).json()).reason;
  assert.equal(await reason(CREATE), "API_NOT_FOUND", "a create is a POST");
  assert.equal(await reason("https://api.novita.ai/v3/video/list"), "API_NOT_FOUND");
  assert.equal(await reason(`${RESULT}nobody`), "TASK_NOT_FOUND");
  assert.equal((await rejection(provider.fetch("https://example.com/"))).cause.code, "ENOTFOUND");
  assert.ok(!JSON.stringify(provider.calls).includes("right"), "keys are not kept");
});

test("creates per minute are limited as they are said to be", async () => {
  let now = 0;
  const provider = new FakeProvider({ createsPerMinute: 2, now: () => now });
  const seen = [];
  for (const at of [0, 10_000, 20_000, 59_999, 60_000]) {
    now = at;
    const answer = await post(provider, request);
    seen.push([answer.status, answer.headers.get("retry-after")]);
  }
  assert.deepEqual(seen, [[200, null], [200, null], [429, "40"], [429, "1"], [200, null]]);
});

test("links expire, reading again renews them, and the client's blob() does so by itself", async () => {
  await withoutWaiting(async (time) => {
    const provider = new FakeProvider({ reads: ["succeeded"], ttl: 60 });
    const task = await client(provider).textToVideo.create(request);
    const { videos } = await task.result();
    const status = async () => (await provider.fetch(videos[0].url)).status;
    assert.equal(await status(), 200);
    await time.advance(60_000);
    assert.equal(await status(), 403);
    assert.ok((await videos[0].blob()).size > 100);
    assert.equal((await provider.fetch("https://files.rushes.test/nobody.mp4")).status, 403);
  });
});

test("the file is served in parts", async () => {
  const provider = new FakeProvider({ reads: ["succeeded"], video: () => Uint8Array.from({ length: 100 }, (_, at) => at) });
  const { task_id } = await (await post(provider, request)).json();
  const url = (await (await provider.fetch(RESULT + task_id)).json()).videos[0].video_url;
  const cases = [
    [undefined, 200, 0, 100, null],
    ["bytes=0-9", 206, 0, 10, "bytes 0-9/100"],
    ["bytes=90-", 206, 90, 10, "bytes 90-99/100"],
    ["bytes=-5", 206, 95, 5, "bytes 95-99/100"],
    ["bytes=50-500", 206, 50, 50, "bytes 50-99/100"],
    ["bytes=9-5", 200, 0, 100, null],
    ["bytes=x", 200, 0, 100, null],
    ["bytes=100-", 416, 0, 0, "bytes */100"],
    ["bytes=-0", 416, 0, 0, "bytes */100"],
  ];
  for (const [range, status, first, length, contentRange] of cases) {
    const answer = await provider.fetch(url, { headers: range === undefined ? {} : { range } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const found = [answer.status, bytes[0] ?? 0, bytes.length, answer.headers.get("content-range")];
    assert.deepEqual(found, [status, first, length, contentRange], range);
  }
});

test("an abort rejects at once with the signal's reason, whatever is under way", async () => {
  for (const fault of [{ kind: "silence" }, { kind: "slow", ms: 60_000 }]) {
    const provider = new FakeProvider({ script: [{ fault }] });
    const controller = new AbortController();
    const answer = post(provider, request, { signal: controller.signal }).then((response) => response.text());
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    controller.abort("enough");
    assert.equal(await rejection(answer), "enough", fault.kind);
    assert.equal(provider.calls[0].aborted, fault.kind === "silence");
  }
  const provider = new FakeProvider();
  assert.equal(await rejection(post(provider, request, { signal: AbortSignal.abort("no") })), "no");
  assert.equal(provider.calls.length, 0);
});

test("whatever chaos does, nothing is billed twice, and what was made is got", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { result, error, provider } = await make({ chaos: 0.5, seed });
    const billed = provider.bill().tasks.length;
    assert.ok(billed <= 1, `seed ${seed}: ${billed} tasks for one intent`);
    if (result !== undefined) assert.equal(billed, 1);
    else assert.ok(RushesError.is(error) && (error.kind === "unsure" || billed === 0), `seed ${seed}: ${error.kind}`);
  }
});

test("the same seed tells the same story", async () => {
  const story = async (seed) => {
    const { provider } = await make({ chaos: 0.4, seed });
    return provider.calls.map(({ kind, url }) => `${kind} ${url}`).join("\n");
  };
  assert.equal(await story(7), await story(7));
  assert.notEqual(await story(7), await story(8));
});

test("a script may be a function", async () => {
  const script = (call, count) => (count === 0 && call.body.includes("fox") ? { fault: { kind: "unreachable" } } : undefined);
  const { provider } = await make({ script });
  assert.equal(provider.count("create"), 2);
});

test("a Request is taken too, and a body of bytes", async () => {
  const provider = new FakeProvider();
  const body = JSON.stringify(request);
  const asked = new Request(CREATE, { method: "POST", body, headers: { "content-type": "application/json" } });
  assert.ok((await (await provider.fetch(asked)).json()).task_id);
  assert.ok((await (await provider.fetch(CREATE, { method: "POST", body: new TextEncoder().encode(body) })).json()).task_id);
  assert.deepEqual(provider.calls.map((call) => call.body), [body, body]);
});

test("time stands still, moves as told, and is given back", async () => {
  const real = [setTimeout, clearTimeout, setInterval, Date, performance.now];
  const time = new FakeTime({ now: Date.UTC(2030, 0, 1) }).install();
  try {
    const seen = [];
    setTimeout(() => seen.push(`once ${Date.now() - time.now()}`), 1000).unref();
    const stopped = setTimeout(() => seen.push("never"), 500);
    clearTimeout(stopped);
    const every = setInterval(() => seen.push(new Date().toISOString()), 700);
    const before = performance.now();
    await time.advance(1500);
    clearInterval(every);
    assert.deepEqual(seen, ["2030-01-01T00:00:00.700Z", "once 0", "2030-01-01T00:00:01.400Z"]);
    assert.deepEqual([Math.round(performance.now() - before), time.passed, time.pending], [1500, 1500, 0]);
    assert.ok(new Date(0) instanceof Date && new Date(2020, 1, 1).getFullYear() === 2020 && typeof Date() === "string");
    assert.throws(() => new FakeTime().install(), /another/);
  } finally {
    time.uninstall();
  }
  assert.deepEqual([setTimeout, clearTimeout, setInterval, Date, performance.now], real);
});

test("work that never ends is given up, with time given back", async () => {
  const real = Date;
  const forever = async () => {
    for (;;) await new Promise((resolve) => setTimeout(resolve, 60_000));
  };
  assert.match((await rejection(withoutWaiting(forever, { limit: 3_600_000 }))).message, /3660 seconds have passed/);
  assert.match((await rejection(withoutWaiting(() => new Promise(() => {})))).message, /no timer is left/);
  const mine = new Error("mine");
  assert.equal(await rejection(withoutWaiting(() => Promise.reject(mine))), mine);
  assert.equal(await rejection(withoutWaiting(() => { throw mine; })), mine);
  assert.equal(Date, real);
});

test("the CommonJS build stands on the CommonJS package", async () => {
  const require = createRequire(join(folder, "package.json"));
  const kit = require("rushes/testing");
  const { Rushes } = require("rushes");
  const provider = new kit.FakeProvider();
  await new Rushes({ apiKey: "test", fetch: provider.fetch }).textToVideo.create(request);
  assert.equal(provider.bill().tasks.length, 1);
});
