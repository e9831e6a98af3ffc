import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, broken, client, done, json, jumping, never, old, rejection, rushes, scripted, state } from "./kit.mjs";

const { RushesError } = rushes;
const going = (progress) => state("TASK_STATUS_PROCESSING", { task: { progress_percent: progress, eta: 9 } });
const failedTask = () => state("TASK_STATUS_FAILED", { task: { reason: "The prompt is against the rules." } });

async function all(updates) {
  const seen = [];
  for await (const update of updates) seen.push(update);
  return seen;
}

test("updates tell every look, the last one with the end", async () => {
  const script = scripted(state("TASK_STATUS_QUEUED"), going(40), state("TASK_STATUS_DREAMING"), done());
  const seen = await jumping(() => all(client(script).task(old()).updates()));
  assert.deepEqual(
    seen.map(({ status, providerStatus, progress_percent, eta, ended }) => [status, providerStatus, progress_percent, eta, ended]),
    [
      ["queued", "TASK_STATUS_QUEUED", null, null, false],
      ["processing", "TASK_STATUS_PROCESSING", 40, 9, false],
      ["unknown", "TASK_STATUS_DREAMING", null, null, false],
      ["succeeded", "TASK_STATUS_SUCCEED", null, null, true],
    ],
  );
  assert.ok(seen.every((update, at) => at === 0 || update.elapsedMs > seen[at - 1].elapsedMs));
  assert.ok(seen[0].elapsedMs >= 3_600_000);
  assert.equal(script.calls[0].url, "https://api.novita.ai/v3/async/task-result?task_id=t-1");
  assert.equal(script.gets, 4);
});

test("a look that tells nothing is a problem, never an end", async () => {
  const misses = [new Response("busy", { status: 503 }), broken("ECONNRESET"), broken("ENOTFOUND"), new Response("<html>")];
  const script = scripted(going(10), ...misses, done());
  const seen = await jumping(() => all(client(script).task(old()).updates()));
  assert.deepEqual(
    seen.map(({ status, problem }) => [status, problem?.kind]),
    [
      ["processing", undefined],
      ["processing", "provider"],
      ["processing", "network"],
      ["processing", "network"],
      ["processing", "provider"],
      ["succeeded", undefined],
    ],
  );
  assert.ok(seen.every(({ problem }) => problem === null || problem.task.id === "t-1"));
});

test("Retry-After on a look is obeyed", async () => {
  const busy = json({ code: 429, reason: "RATE_LIMIT_EXCEEDED", message: "No." }, 429, { "retry-after": "40" });
  const script = scripted(busy, done());
  const waited = await jumping(async ({ passed }) => {
    await client(script).task(old()).result();
    return passed();
  });
  assert.ok(waited >= 40_000, `${waited} ms`);
});

test("the result has the videos and the raw answer", async () => {
  const seen = [];
  const script = scripted(going(1), done());
  const result = await jumping(() => client(script).task(old()).result({ onUpdate: (update) => seen.push(update.status) }));
  const [video] = result.videos;
  assert.deepEqual([video.url, video.type], ["https://files.example/v.mp4", "mp4"]);
  assert.ok(video.expiresAt.getTime() - Date.now() > 3_500_000);
  assert.equal(result.raw.task.status, "TASK_STATUS_SUCCEED");
  assert.deepEqual(seen, ["processing", "succeeded"]);
});

test("a failed task is an error with its reason and its handle", async () => {
  const found = await rejection(client(scripted(failedTask())).task(old()).result());
  assert.deepEqual([found.kind, found.task.id, found.retryable], ["task_failed", "t-1", false]);
  assert.match(found.reason, /against the rules/);
  const seen = await all(client(scripted(failedTask())).task(old()).updates());
  assert.deepEqual(seen.map((update) => [update.status, update.ended]), [["failed", true]]);
});

test("a task that ended well without a video is told as such", async () => {
  const found = await rejection(client(scripted(state("TASK_STATUS_SUCCEED"))).task(old()).result());
  assert.deepEqual([found.kind, found.task.id], ["provider", "t-1"]);
});

const refusedKey = () => json({ code: 401, reason: "INVALID_API_KEY", message: "No." }, 401);

test("one refused look is a problem, and the watching goes on", async () => {
  for (const answer of [refusedKey(), json({ reason: "API_NOT_ALLOWED" }, 403), json({ reason: "NOT_ENOUGH_BALANCE" }, 402)]) {
    const result = await jumping(() => client(scripted(answer, answer, going(5), answer, answer, done())).task(old()).result());
    assert.equal(result.videos.length, 1);
  }
});

test("a key that stays refused ends the waiting for a result, with the handle; updates go on", async () => {
  const script = scripted(refusedKey(), refusedKey(), refusedKey(), refusedKey(), done());
  await jumping(async () => {
    const rushes = client(script);
    const updates = all(rushes.task(old()).updates());
    const found = await rejection(rushes.task(old()).result());
    assert.deepEqual([found.kind, found.task.id, found.body.reason, script.gets], ["auth", "t-1", "INVALID_API_KEY", 3]);
    const seen = await updates;
    assert.deepEqual(seen.map(({ status, problem }) => [status, problem?.kind]).slice(-2), [["unknown", "auth"], ["succeeded", undefined]]);
  });
});

test("a task that the provider keeps not knowing is out of sight, not failed", async () => {
  const unknown = json({ code: 404, reason: "TASK_NOT_FOUND", message: "No." }, 404);
  const script = scripted(unknown);
  const found = await jumping(() => rejection(client(script).task(old()).result()));
  assert.deepEqual([found.kind, found.task.id], ["not_found", "t-1"]);
  assert.ok(script.gets > 1, "one look is not enough to say so");
  const seen = await jumping(() => all(client(scripted(...Array(6).fill(unknown), done())).task(old()).updates()));
  assert.deepEqual(seen.map(({ lost }) => lost).slice(-3), [true, true, false]);
});

test("a time-out stops the waiting, not the task", async () => {
  const script = scripted(() => going(5));
  await jumping(async ({ pending }) => {
    const found = await rejection(client(script).task(old()).result({ timeout: 60_000 }));
    assert.deepEqual([found.kind, found.task.id], ["timeout", "t-1"]);
    assert.equal(pending(), 0, "no timer is left");
    const result = await client(scripted(done())).task(found.task.toJSON()).result();
    assert.equal(result.videos.length, 1);
  });
});

test("an aborted wait rejects at once with the signal's reason, in the middle of a look too", async () => {
  for (const wait of [(task, signal) => task.result({ signal }), (task, signal) => task.updates({ signal }).next()]) {
    const script = scripted(never);
    const controller = new AbortController();
    const promise = wait(client(script).task(old()), controller.signal);
    while (script.gets === 0) await new Promise(setImmediate);
    controller.abort("enough");
    assert.equal(await rejection(promise), "enough");
    assert.equal(script.calls[0].signal.aborted, true);
  }
});

test("a signal aborted before reads nothing", async () => {
  const script = scripted(done());
  const task = client(script).task(old());
  const signal = AbortSignal.abort("no");
  assert.equal(await rejection(task.result({ signal })), "no");
  assert.equal(await rejection(task.updates({ signal }).next()), "no");
  assert.equal(script.calls.length, 0);
});

test("leaving the loop stops the looks", async () => {
  const script = scripted(() => going(5));
  await jumping(async ({ pending }) => {
    for await (const update of client(script).task(old()).updates()) {
      if (update.status === "processing") break;
    }
    assert.deepEqual([script.gets, pending()], [1, 0]);
  });
});

test("an update that the caller's own code cannot take ends the wait with its error", async () => {
  const mine = new Error("mine");
  const promise = client(scripted(going(1))).task(old()).result({ onUpdate: () => { throw mine; } });
  assert.equal(await rejection(promise), mine);
});

test("many waits on one task share its looks", async () => {
  const script = scripted(going(5), done());
  await jumping(async () => {
    const task = client(script).task(old());
    const results = await Promise.all([task.result(), task.result(), all(task.updates())]);
    assert.equal(results[0].videos[0].url, results[1].videos[0].url);
  });
  assert.equal(script.gets, 2);
});

test("one slow answer holds up no other task", async () => {
  const script = scripted((init, count) => (count === 1 ? never() : json({ task: { status: "TASK_STATUS_FAILED" } })));
  await jumping(async () => {
    const rushes = client(script);
    const slow = rushes.task({ ...old(), id: "slow" });
    const controller = new AbortController();
    const waiting = rejection(slow.result({ signal: controller.signal }));
    assert.equal((await rejection(rushes.task({ ...old(), id: "quick" }).result())).kind, "task_failed");
    controller.abort("done");
    assert.equal(await waiting, "done");
  });
});

test("the reads of a client keep to its budget", async () => {
  const script = scripted(() => going(5));
  await jumping(async ({ passed }) => {
    const rushes = client(script, { maxReadsPerMinute: 6 });
    const controller = new AbortController();
    const waits = ["a", "b", "c", "d", "e", "f", "g", "h"].map((id) =>
      rejection(rushes.task({ ...old(), id }).result({ signal: controller.signal })),
    );
    while (passed() < 300_000) await new Promise(setImmediate);
    controller.abort();
    await Promise.all(waits);
  });
  assert.ok(script.gets >= 20 && script.gets <= 36, `${script.gets} reads in 5 minutes`);
});

test("a task is stored and taken up again", () => {
  const rushes = client(scripted(done()));
  const stored = { ...old(), seconds: 8 };
  assert.deepEqual(JSON.parse(JSON.stringify(rushes.task(stored))), stored);
  assert.deepEqual(rushes.task(" t-9 ").toJSON(), { id: "t-9" });
  for (const bad of ["", "a b", "x".repeat(300), undefined, null, {}]) assert.throws(() => rushes.task(bad), TypeError);
});

test("an id cannot reach another route", async () => {
  const script = scripted(json({ task: { status: "TASK_STATUS_FAILED" } }));
  await rejection(client(script).task({ ...old(), id: "../../x?y=1&z#" }).result());
  assert.equal(script.calls[0].url, "https://api.novita.ai/v3/async/task-result?task_id=..%2F..%2Fx%3Fy%3D1%26z%23");
});

test("the file is fetched without the key, and an expired URL is asked for anew once", async () => {
  const fresh = state("TASK_STATUS_SUCCEED", { videos: [{ video_url: "https://files.example/fresh.mp4" }] });
  const script = scripted(done(), new Response("gone", { status: 403 }), fresh, new Response("bytes"));
  const { videos } = await client(script).task(old()).result();
  assert.equal(await (await videos[0].blob()).text(), "bytes");
  assert.deepEqual(
    script.calls.map(({ url, headers }) => [url.split("?")[0], headers?.Authorization]),
    [
      ["https://api.novita.ai/v3/async/task-result", `Bearer ${KEY}`],
      ["https://files.example/v.mp4", undefined],
      ["https://api.novita.ai/v3/async/task-result", `Bearer ${KEY}`],
      ["https://files.example/fresh.mp4", undefined],
    ],
  );
});

test("a file that is gone is said to be", async () => {
  const gone = new Response("gone", { status: 404 });
  const { videos } = await client(scripted(done(), gone, done(), gone)).task(old()).result();
  const found = await rejection(videos[0].blob());
  assert.deepEqual([found.kind, found.status, found.task.id], ["not_found", 404, "t-1"]);
});

test("an answer that speaks of another task is never taken for this one", async () => {
  const script = scripted(state("TASK_STATUS_FAILED", { task: { task_id: "t-2" } }), done());
  const seen = await jumping(() => all(client(script).task(old()).updates()));
  assert.deepEqual(seen.map(({ status, problem }) => [status, problem?.kind]), [["unknown", "provider"], ["succeeded", undefined]]);
});

test("an error of another copy is known, and nothing else is", () => {
  const foreign = { [Symbol.for("rushes.RushesError")]: true };
  assert.equal(RushesError.is(foreign), true);
  const hostile = new Proxy({}, { get: () => { throw new Error("no"); } });
  for (const other of [new Error("x"), null, undefined, "x", hostile]) assert.equal(RushesError.is(other), false);
});
