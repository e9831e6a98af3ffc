// The package over real connections, to a server that misbehaves: what reaches the server is what counts.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createNetServer } from "node:net";
import { describe, test } from "node:test";

import { KEY, old, png, rejection, rushes } from "./kit.mjs";

const { Rushes, RushesError } = rushes;
const request = { prompt: "A fox leaps a mossy log" };
const ID = { task_id: "t-1" };
const task = (status, more) => ({ task: { ...ID, status, ...more }, videos: status === "TASK_STATUS_SUCCEED" ? [{ video_url: "https://files.example/v.mp4" }] : [] });

const answer = (status, body, headers = {}) => (_, response) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};
/** Reads the whole request, then breaks the connection. */
const reset = (request) => request.resume().on("end", () => request.socket.resetAndDestroy());
const silence = () => {};

/**
 * A server that answers by its script, the last step for ever; `seen` is what reached it, with the time and the step's
 * number. A step may also be a function of request and response.
 */
async function serving(steps, work, options = {}) {
  const seen = [];
  let told = () => {};
  const server = createServer((incoming, response) => {
    const step = steps[Math.min(seen.length, steps.length - 1)];
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, at: performance.now() });
    told();
    step(incoming, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${server.address().port}`;
  /** Resolves once so many requests have come. */
  const come = async (count) => {
    while (seen.length < count) await new Promise((resolve) => (told = resolve));
  };
  try {
    await work({ client: new Rushes({ baseURL, apiKey: KEY, ...options }), seen, come, baseURL });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return seen;
}

// Each: how the server takes the create, the kind of the error, and how many POSTs may reach it.
const creates = [
  ["500 always", answer(500, { reason: "CREATE_TASK_FAILED" }), "unsure", 1],
  ["503 always", answer(503, "upstream"), "unsure", 1],
  ["the body read, then a reset", reset, "unsure", 1],
  ["half an answer, then a reset", (incoming, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"task_i', () => response.socket.resetAndDestroy());
  }, "unsure", 1],
  ["an answer that has no end", (incoming, response) => endless(incoming, response), "unsure", 1],
  ["a redirect to another origin", answer(307, "", { location: "http://127.0.0.1:9/stolen" }), "unsure", 1],
  ["400", answer(400, { code: 400, reason: "INVALID_REQUEST_BODY", message: "No such fox." }), "invalid", 1],
  ["401", answer(401, { reason: "INVALID_API_KEY" }), "auth", 1],
];

for (const [name, step, kind, posts] of creates) {
  test(`${name}: ${posts} POST, ${kind}`, async () => {
    const seen = await serving([step], async ({ client }) => {
      const found = await rejection(client.textToVideo.create(request));
      assert.ok(RushesError.is(found), String(found));
      assert.equal(found.kind, kind);
      if (name === "400") assert.deepEqual([found.detail, found.body.message, found.status], ["No such fox.", "No such fox.", 400]);
    });
    assert.deepEqual(seen.map(({ method }) => method), Array(posts).fill("POST"));
  });
}

test("429 with Retry-After: 3 is sent again after three seconds, and accepted", async () => {
  const seen = await serving([answer(429, { reason: "RATE_LIMIT_EXCEEDED" }, { "retry-after": "3" }), answer(200, ID)], async ({ client }) => {
    assert.equal((await client.textToVideo.create(request)).id, "t-1");
  });
  assert.equal(seen.length, 2);
  // No upper bound: a busy machine may be late, but never early.
  assert.ok(seen[1].at - seen[0].at >= 2990, `${seen[1].at - seen[0].at} ms`);
});

test("a refused connection is known not to have been made, and tried again", async () => {
  const server = createNetServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${server.address().port}`;
  await new Promise((resolve) => server.close(resolve));
  const events = [];
  const client = new Rushes({ baseURL, apiKey: KEY, debug: ({ type }) => events.push(type) });
  const found = await rejection(client.textToVideo.create(request));
  assert.deepEqual([found.kind, found.retryable], ["network", true]);
  assert.deepEqual(events, Array(3).fill(["request", "not_sent"]).flat());
});

test("a name that nobody has is known not to have been reached", async () => {
  const client = new Rushes({ baseURL: "https://nobody.invalid", apiKey: KEY });
  assert.equal((await rejection(client.textToVideo.create(request))).kind, "network");
});

test("a signal aborted before the call: 0 POSTs", async () => {
  const seen = await serving([answer(200, ID)], async ({ client }) => {
    const signal = AbortSignal.abort();
    for (const promise of [client.textToVideo.create(request, { signal }), client.textToVideo.create(request, { signal }).result()]) {
      assert.equal((await rejection(promise)).name, "AbortError");
    }
  });
  assert.deepEqual(seen, []);
});

test("aborting in the middle of a look rejects with the signal's reason before anything else happens", async () => {
  const reason = new Error("enough");
  await serving([silence], async ({ client, come }) => {
    const controller = new AbortController();
    const order = [];
    const waits = [client.task(old()).result({ signal: controller.signal }), client.task(old()).updates({ signal: controller.signal }).next()];
    const told = waits.map((wait) => rejection(wait).then((error) => order.push(error)));
    await come(1);
    controller.abort(reason);
    // Only promises are let run: no timer, no socket.
    for (let turns = 0; turns < 20; turns++) await undefined;
    assert.deepEqual(order, [reason, reason]);
    await Promise.all(told);
  });
});

test("aborting between two looks rejects at once, too, and there are no more looks", async () => {
  const seen = await serving([answer(200, task("TASK_STATUS_PROCESSING", { eta: 600 }))], async ({ client, come }) => {
    const controller = new AbortController();
    const updates = client.task(old()).updates({ signal: controller.signal });
    await updates.next();
    const promise = updates.next();
    controller.abort("enough");
    assert.equal(await rejection(promise), "enough");
    await come(1);
  });
  assert.equal(seen.length, 1);
});

/** A task young enough to be looked at again soon. */
const young = () => ({ id: "t-1", createdAt: new Date(Date.now() - 2000).toISOString() });
const endless = (_, response) => {
  const more = () => response.writable && response.write("x".repeat(65_536), more);
  more();
};
// Each: how the server answers the first looks, and what the updates tell of them: status, the API's word, the problem.
const looks = [
  ["503, then a status nobody knows", [answer(503, "busy"), answer(200, task("TASK_STATUS_DREAMING"))], [["unknown", "", "provider"], ["unknown", "TASK_STATUS_DREAMING", undefined]]],
  ["a reset", [reset], [["unknown", "", "network"]]],
  ["a page of HTML", [answer(200, "<html>")], [["unknown", "", "provider"]]],
  ["an answer that has no end", [endless], [["unknown", "", "provider"]]],
];

// They wait for their next look in real time: together.
describe("what goes wrong with a look ends nothing, and is not hidden", { concurrency: true }, () => {
  for (const [name, steps, expected] of looks) {
    test(name, async () => {
      await serving([...steps, answer(200, task("TASK_STATUS_SUCCEED"))], async ({ client }) => {
        const seen = [];
        for await (const { status, providerStatus, problem } of client.task(young())) seen.push([status, providerStatus, problem?.kind]);
        assert.deepEqual(seen, [...expected, ["succeeded", "TASK_STATUS_SUCCEED", undefined]]);
      });
    });
  }
});

test("a redirect of a look is not followed: the key stays here", async () => {
  const thief = [];
  const server = createServer((incoming, response) => {
    thief.push(incoming.headers);
    response.end("{}");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const location = `http://localhost:${server.address().port}/`;
  try {
    await serving([answer(302, "", { location }), answer(200, task("TASK_STATUS_SUCCEED"))], async ({ client }) => {
      await client.task(young()).result();
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  assert.deepEqual(thief, []);
});

test("a large file arrives whole, with its length said beforehand", async () => {
  const bytes = png(640, 480, 3_000_000);
  let body = "";
  const take = (incoming, response) => {
    incoming.setEncoding("latin1").on("data", (text) => (body += text)).on("end", () => answer(200, ID)(incoming, response));
  };
  const [seen] = await serving([take], async ({ client }) => {
    await client.imageToVideo.create({ image: new Blob([bytes]), ...request });
  });
  assert.equal(seen.headers["content-length"], String(body.length));
  assert.deepEqual([seen.headers["content-type"], seen.headers.authorization], ["application/json", `Bearer ${KEY}`]);
  assert.ok(JSON.parse(body).image === `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`);
});
