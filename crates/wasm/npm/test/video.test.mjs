// Fetching the file of a video.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, client, done, json, never, old, opaque, rejection, scripted, state } from "./kit.mjs";

const URL1 = "https://files.example/v.mp4";
const fresh = () => state("TASK_STATUS_SUCCEED", { videos: [{ video_url: "https://files.example/fresh.mp4" }] });
const file = (status, headers) => new Response(status === 200 ? "bytes" : "no", { status, headers });

/** The one video of a task whose file's server answers so. */
async function video(...steps) {
  const script = scripted(done(), ...steps);
  const { videos } = await client(script).task(old()).result();
  return { script, video: videos[0] };
}

for (const status of [400, 401, 403, 404, 410]) {
  test(`an URL that answers ${status} has expired: the provider is asked once for another`, async () => {
    const { script, video: found } = await video(file(status), fresh(), file(200));
    assert.equal(await (await found.blob()).text(), "bytes");
    assert.deepEqual(script.calls.slice(1).map(({ url }) => url), [URL1, "https://api.novita.ai/v3/async/task-result?task_id=t-1", "https://files.example/fresh.mp4"]);
  });
}

// Each: what the file's server answers, the kind, the wait it asked for, whether trying again may help.
const refusals = [
  [file(429, { "retry-after": "7" }), "rate_limit", 7000, true],
  [file(408), "provider", undefined, true],
  [file(500), "provider", undefined, true],
  [file(503, { "retry-after": "2" }), "provider", 2000, true],
];

for (const [answer, kind, retryAfter, retryable] of refusals) {
  test(`a file's server that answers ${answer.status} did not lose the video`, async () => {
    const { script, video: found } = await video(answer);
    const error = await rejection(found.blob());
    assert.deepEqual([error.kind, error.status, error.retryAfter, error.retryable, error.task.id], [kind, answer.status, retryAfter, retryable, "t-1"]);
    assert.equal(script.calls.length, 2, "nobody was asked for another URL");
  });
}

test("a file that is gone everywhere is said to be", async () => {
  for (const steps of [[file(403), done()], [file(403), fresh(), file(403)], [file(403), state("TASK_STATUS_SUCCEED")]]) {
    const error = await rejection((await video(...steps)).video.blob());
    assert.deepEqual([error.kind, error.retryable, error.task.id], ["not_found", false, "t-1"]);
  }
});

test("the provider's own refusal to give another URL is told", async () => {
  const { video: found } = await video(file(403), json({ reason: "INVALID_API_KEY" }, 401));
  const error = await rejection(found.blob());
  assert.deepEqual([error.kind, error.task.id], ["auth", "t-1"]);
});

test("a server that cannot be reached is told, and may be tried again", async () => {
  const error = await rejection((await video(opaque())).video.blob());
  assert.deepEqual([error.kind, error.retryable, error.task.id], ["network", true, "t-1"]);
});

test("a Blob of another realm is one", async () => {
  const foreign = { [Symbol.toStringTag]: "Blob", size: 5 };
  const answer = { ok: true, status: 200, headers: new Headers(), body: null, clone: () => answer, blob: async () => foreign };
  assert.equal(await (await video(answer)).video.blob(), foreign);
});

test("a signal aborted before fetches nothing", async () => {
  const { script, video: found } = await video(file(200));
  for (const name of ["signal", "abortSignal"]) assert.equal(await rejection(found.blob({ [name]: AbortSignal.abort("no") })), "no");
  assert.equal(script.calls.length, 1);
});

test("a signal aborted meanwhile rejects at once, whatever fetch and its body do", async () => {
  const stalled = { ok: true, status: 200, headers: new Headers(), body: null, clone: () => stalled, blob: never };
  for (const step of [never, stalled]) {
    const { script, video: found } = await video(step);
    const controller = new AbortController();
    const promise = found.blob({ signal: controller.signal });
    while (script.calls.length < 2) await new Promise(setImmediate);
    await new Promise(setImmediate);
    controller.abort("enough");
    assert.equal(await rejection(promise), "enough");
  }
});

test("nothing of the client goes to the file's server", async () => {
  const { script, video: found } = await video(file(200));
  await found.blob();
  const { url, self, ...init } = script.calls[1];
  assert.deepEqual([url, init], [URL1, { referrerPolicy: "no-referrer" }]);
  assert.ok(!JSON.stringify(script.calls[1]).includes(KEY));
});

test("updates bring the videos, too", async () => {
  for await (const { videos } of client(scripted(done(), file(200))).task(old())) {
    assert.equal(await (await videos[0].blob()).text(), "bytes");
  }
});
