// Several who watch, and watching that is broken off.

import assert from "node:assert/strict";
import { test } from "node:test";

import { client, done, jumping, json, never, old, rejection, scripted, state } from "./kit.mjs";

const going = (progress) => state("TASK_STATUS_PROCESSING", { task: { progress_percent: progress, eta: 3600 } });
const turn = () => new Promise(setImmediate);

test("who joins a watch gets the last update at once, and a look where that is old", async () => {
  const script = scripted(going(10), going(20), done());
  await jumping(async ({ passed }) => {
    const task = client(script).task(old());
    const first = task.updates();
    assert.equal((await first.next()).value.progress_percent, 10);
    const joined = passed();
    assert.equal((await task.updates().next()).value.progress_percent, 10);
    assert.deepEqual([script.gets, passed() - joined], [1, 0]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const late = task.updates();
    const { value } = await late.next();
    assert.equal(value.progress_percent, 10);
    assert.equal((await late.next()).value.progress_percent, 20);
    assert.ok(passed() < 5000, "the look came at once, not when it was due");
    for (const updates of [first, late]) await updates.return();
  });
});

test("an update for one who joined holds the state, where the last look told nothing", async () => {
  const script = scripted(going(10), new Response("busy", { status: 503 }), never);
  await jumping(async () => {
    const task = client(script).task(old());
    const first = task.updates();
    await first.next();
    assert.equal((await first.next()).value.problem.kind, "provider");
    const { value } = await task.updates().next();
    assert.deepEqual([value.status, value.progress_percent, value.problem.kind], ["processing", 10, "provider"]);
    await first.return();
  });
});

test("a loop that was left does not lose the pause that the provider asked for", async () => {
  const busy = json({ reason: "RATE_LIMIT_EXCEEDED", message: "No." }, 429, { "retry-after": "40" });
  const script = scripted(busy, done());
  await jumping(async ({ passed, pending }) => {
    const task = client(script).task(old());
    for await (const { problem } of task) {
      assert.equal(problem.retryAfter, 40_000);
      break;
    }
    assert.equal(pending(), 0, "nobody listens: no timer is left");
    const left = passed();
    await task.result();
    assert.ok(passed() - left >= 40_000, `${passed() - left} ms`);
  });
});

test("a loop that is left and entered again keeps to the budget of reads", async () => {
  const script = scripted(() => going(5));
  await jumping(async ({ passed }) => {
    const task = client(script, { maxReadsPerMinute: 6 }).task(old());
    while (passed() < 300_000) {
      for await (const update of task) {
        assert.equal(update.status, "processing");
        break;
      }
    }
  });
  assert.ok(script.gets >= 20 && script.gets <= 36, `${script.gets} reads in 5 minutes`);
});

test("many tasks are watched in one loop, to the end of all", async () => {
  const answers = { a: [going(1), done()], b: [state("TASK_STATUS_FAILED")], c: [new Response("busy", { status: 503 }), done()] };
  const script = scripted((init, count) => answer(count));
  const answer = (count) => {
    const id = new URL(script.calls[count - 1].url).searchParams.get("task_id");
    const [first, ...rest] = answers[id];
    if (rest.length > 0) answers[id] = rest;
    return first.json === undefined ? first : first.clone().text().then((text) => new Response(text.replace("t-1", id), first));
  };
  const seen = await jumping(async () => {
    const rushes = client(script);
    const found = [];
    const tasks = [{ ...old(), id: "a" }, rushes.task({ ...old(), id: "b" }), { ...old(), id: "c" }, { ...old(), id: "a" }];
    for await (const { id, status, ended, videos, problem } of rushes.watch(tasks)) {
      found.push([id, status, ended, videos.length, problem?.kind]);
    }
    return found;
  });
  const of = (id) => seen.filter(([one]) => one === id).map(([, ...rest]) => rest);
  assert.deepEqual(of("a"), [["processing", false, 0, undefined], ["succeeded", true, 1, undefined]]);
  assert.deepEqual(of("b"), [["failed", true, 0, undefined]]);
  assert.deepEqual(of("c"), [["unknown", false, 0, "provider"], ["succeeded", true, 1, undefined]]);
});

test("a task of another client, or of another copy of the package, is taken with all that is known of it", () => {
  const stored = { ...old(), seconds: 8 };
  const foreign = { id: stored.id, toJSON: () => stored };
  const rushes = client(scripted(done()));
  for (const task of [client(scripted(done())).task(stored), foreign, stored]) assert.deepEqual(rushes.task(task).toJSON(), stored);
});

test("a loop over nothing ends, one over what is no task is a mistake", async () => {
  const rushes = client(scripted(done()));
  assert.deepEqual(await rushes.watch([]).next(), { done: true, value: undefined });
  assert.throws(() => rushes.watch(["a b"]), TypeError);
});

test("a slow reader of many tasks gets the latest of each, in the order in which they came", async () => {
  const counts = { a: 0, b: 0 };
  const script = scripted((init, count) => {
    const id = new URL(script.calls[count - 1].url).searchParams.get("task_id");
    return state("TASK_STATUS_PROCESSING", { task: { task_id: id, progress_percent: ++counts[id], eta: 3600 } });
  });
  await jumping(async () => {
    const updates = client(script).watch(["a", "b"].map((id) => ({ ...old(), id })));
    const { value: first } = await updates.next();
    await new Promise((resolve) => setTimeout(resolve, 100_000));
    const next = [(await updates.next()).value, (await updates.next()).value];
    assert.deepEqual(next.map(({ id, progress_percent }) => [id, progress_percent]).sort(), [["a", counts.a], ["b", counts.b]]);
    assert.ok(counts.a > 2 && first.progress_percent === 1);
    await updates.return();
  });
});

test("breaking off while a look is under way leaves nothing behind", async () => {
  const script = scripted(never);
  await jumping(async ({ pending }) => {
    const controller = new AbortController();
    const rushes = client(script);
    const waits = [rushes.task(old()).result({ signal: controller.signal }), rushes.watch(["x"], { signal: controller.signal }).next()];
    while (script.gets === 0) await turn();
    controller.abort("enough");
    for (const wait of waits) assert.equal(await rejection(wait), "enough");
    assert.equal(pending(), 0);
  });
});

test("a chain goes on from a create without waiting for it", async () => {
  const script = scripted(json({ task_id: "t-1" }), going(5), done());
  await jumping(async () => {
    const seen = [];
    for await (const { status } of client(script).textToVideo.create({ prompt: "A fox" })) seen.push(status);
    assert.deepEqual(seen, ["processing", "succeeded"]);
  });
  const { videos } = await jumping(() => client(scripted(json({ task_id: "t-1" }), done())).textToVideo.create({ prompt: "A fox" }).result());
  assert.equal(videos.length, 1);
});

test("no promise of a task is ever an unobserved rejection", async () => {
  let unobserved = 0;
  const count = () => unobserved++;
  process.on("unhandledRejection", count);
  const failing = client(scripted(state("TASK_STATUS_FAILED")));
  const waits = [
    failing.task(old()).result(),
    client(scripted(json({}, 500))).textToVideo.create({ prompt: "A fox" }).result(),
    client(scripted(json({}, 500))).textToVideo.create({ prompt: "" }),
    failing.task(old()).result({ signal: AbortSignal.abort("no") }),
    failing.task(old()).result({ timeout: 0 }),
  ];
  for (let turns = 0; turns < 20; turns++) await turn();
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", count);
  assert.equal(unobserved, 0);
  const found = await Promise.all(waits.map((wait) => rejection(wait)));
  assert.deepEqual(found.map((one) => one.kind ?? one.name ?? one), ["task_failed", "unsure", "invalid", "no", "TypeError"]);
});

test("waiting again after a time-out is safe, and said to be", async () => {
  const found = await jumping(() => rejection(client(scripted(() => going(5))).task(old()).result({ timeout: 60_000 })));
  assert.deepEqual([found.kind, found.retryable], ["timeout", true]);
});
