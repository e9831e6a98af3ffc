import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, broken, brokenAll, client, jumping, json, never, opaque, png, rejection, rushes, scripted, sentBody } from "./kit.mjs";

const { RushesError } = rushes;
const request = { prompt: "A fox leaps a mossy log", duration: 8, sound: true };
const accepted = json({ task_id: "t-1" });
const error = (status, reason, headers) => json({ code: status, reason, message: "No.", metadata: {} }, status, headers);

test("a create is one POST with the checked body, and gives the task", async () => {
  const script = scripted(accepted);
  const task = await client(script).textToVideo.create(request);
  assert.equal(task.id, "t-1");
  const [call] = script.calls;
  assert.equal(call.url, "https://api.novita.ai/v3/async/kling-v3.0-std-t2v");
  assert.equal(call.method, "POST");
  assert.equal(call.headers.Authorization, `Bearer ${KEY}`);
  assert.equal(call.headers["Content-Type"], "application/json");
  assert.equal(call.redirect, "manual");
  assert.equal(call.self, undefined, "fetch is called unbound");
  assert.deepEqual(JSON.parse(call.body), request);
  assert.equal(script.calls.length, 1);
});

test("image to video sends a Blob as a data URI", async () => {
  const script = scripted(accepted);
  const image = png(640, 480);
  await client(script).imageToVideo.create({ image: new Blob([image]), prompt: "A fox", end_image: image });
  const sent = await sentBody(script.calls[0]);
  const text = `data:image/png;base64,${Buffer.from(image).toString("base64")}`;
  assert.deepEqual([sent.image, sent.end_image], [text, text]);
});

const refused = [
  ["an invalid request", "textToVideo", { prompt: "", duration: 2 }, ["/prompt", "/duration"]],
  ["not an object", "textToVideo", undefined, [""]],
  ["a Blob on text to video", "textToVideo", { prompt: "A fox", image: new Blob(["x"]) }, ["/image"]],
  ["a Blob as a prompt", "imageToVideo", { prompt: new Blob(["x"]), image: new Blob([png(640, 480)]) }, ["/prompt"]],
  ["a Blob that is a GIF", "imageToVideo", { image: new Blob(["GIF89a, really"]), prompt: " " }, ["/image", "/prompt"]],
  ["a bad end image", "imageToVideo",
    { image: new Blob([png(640, 480)]), prompt: "A fox", end_image: new Blob([png(10, 10)]), colour: 1 }, ["/end_image", "/colour"]],
];

for (const [name, kind, value, paths] of refused) {
  test(`nothing is sent for ${name}, and all is told at once`, async () => {
    const script = scripted(accepted);
    const found = await rejection(client(script)[kind].create(value));
    assert.equal(RushesError.is(found) && found.kind, "invalid");
    assert.deepEqual([...new Set(found.issues.map((issue) => issue.path))], paths);
    assert.equal(script.calls.length, 0);
  });
}

test("a file far too big is never read whole", async () => {
  const script = scripted(accepted);
  const blob = new Blob([png(640, 480, 11 * 1024 * 1024)]);
  blob.arrayBuffer = () => assert.fail("it was read");
  const found = await rejection(client(script).imageToVideo.create({ image: blob, prompt: "A fox" }));
  assert.deepEqual(found.issues.map((issue) => issue.code), ["image_too_big"]);
});

test("what is changed after the call is not sent", async () => {
  const script = scripted(accepted);
  const changing = { ...request };
  const promise = client(script).textToVideo.create(changing);
  changing.prompt = "Another";
  await promise;
  assert.equal(JSON.parse(script.calls[0].body).prompt, request.prompt);
});

// Each: what arrives, the kind, how many POSTs are sent in all.
const outcomes = [
  ["500", error(500, "CREATE_TASK_FAILED"), "unsure", 1],
  ["503 in plain text", new Response("upstream down", { status: 503 }), "unsure", 1],
  ["200 without an id", json({}), "unsure", 1],
  ["200 with half a body", new Response('{"task_i'), "unsure", 1],
  ["a reset connection", broken("ECONNRESET"), "unsure", 1],
  ["a socket closed by the other side", broken("UND_ERR_SOCKET"), "unsure", 1],
  ["an error that says nothing", opaque(), "unsure", 1],
  ["a redirect", new Response(null, { status: 307, headers: { location: "https://elsewhere.example/" } }), "unsure", 1],
  ["a refused connection", broken("ECONNREFUSED", "connect"), "network", 3],
  ["no such name", broken("ENOTFOUND", "getaddrinfo"), "network", 3],
  ["no way to the host, met while connecting", broken("EHOSTUNREACH", "connect"), "network", 3],
  ["no way to the host, met on a connection that stood", broken("EHOSTUNREACH", "read"), "unsure", 1],
  ["no network, met on a connection that stood", broken("ENETUNREACH", "write"), "unsure", 1],
  ["a code without a system call", broken("ECONNREFUSED"), "unsure", 1],
  ["a connection that timed out", broken("UND_ERR_CONNECT_TIMEOUT"), "network", 3],
  ["a certificate that is not the host's", broken("ERR_TLS_CERT_ALTNAME_INVALID"), "network", 3],
  ["a refused connection, as Deno says it",
    new TypeError("fetch failed", { cause: new Error("error sending request for url (http://127.0.0.1:9/): client error (Connect): tcp connect error: Connection refused (os error 111)") }), "network", 3],
  ["a connection that broke, as Deno says it",
    new TypeError("fetch failed", { cause: new Error("error sending request from 127.0.0.1:1 for http://127.0.0.1:9/: client error (SendRequest): connection closed before message completed") }), "unsure", 1],
  ["a refused connection, as Bun says it",
    Object.assign(new TypeError("ECONNREFUSED: Unable to connect. Is the computer able to access the url?"), { code: "ECONNREFUSED" }), "network", 3],
  ["a connection that broke, as Bun says it",
    Object.assign(new TypeError("ECONNRESET: The socket connection was closed unexpectedly."), { code: "ECONNRESET" }), "unsure", 1],
  ["a refused connection on every address", brokenAll(broken("ECONNREFUSED", "connect"), broken("ENETUNREACH", "connect")), "network", 3],
  ["one address reset, one refused", brokenAll(broken("ECONNREFUSED", "connect"), broken("ECONNRESET", "read")), "unsure", 1],
  ["429", error(429, "RATE_LIMIT_EXCEEDED"), "rate_limit", 3],
  ["400", error(400, "INVALID_REQUEST_BODY"), "invalid", 1],
  ["moderation", error(400, "ILLEGAL_PROMPT"), "moderation", 1],
  ["a refused image", error(400, "INVALID_IMAGE_FORMAT"), "image", 1],
  ["an empty account", error(403, "NOT_ENOUGH_BALANCE"), "balance", 1],
  ["a wrong key", error(401, "INVALID_API_KEY"), "auth", 1],
  ["a missing right", error(403, "API_NOT_ALLOWED"), "permission", 1],
];

for (const [name, arrival, kind, posts] of outcomes) {
  test(`${name}: ${kind}, ${posts} POST`, async () => {
    const script = scripted(arrival);
    const found = await jumping(() => rejection(client(script).textToVideo.create(request)));
    assert.equal(RushesError.is(found), true, String(found));
    assert.equal(found.kind, kind);
    assert.equal(script.posts, posts);
    assert.equal(found.retryable, kind === "network" || kind === "rate_limit");
    const told = `${found.stack} ${JSON.stringify(found)} ${found.cause?.stack}`;
    assert.ok(!told.includes(KEY), "the key is told");
  });
}

test("429 with Retry-After is obeyed, then the create goes through", async () => {
  const script = scripted(error(429, "RATE_LIMIT_EXCEEDED", { "retry-after": "3" }), accepted);
  const waited = await jumping(async ({ passed }) => {
    await client(script).textToVideo.create(request);
    return passed();
  });
  assert.equal(script.posts, 2);
  assert.ok(waited >= 3000 && waited <= 3500, `${waited} ms`);
});

test("429 with a long Retry-After is told instead of waited for", async () => {
  const script = scripted(error(429, "RATE_LIMIT_EXCEEDED", { "retry-after": "600" }));
  const found = await rejection(client(script).textToVideo.create(request));
  assert.deepEqual([found.kind, found.retryAfter, script.posts], ["rate_limit", 600_000, 1]);
});

test("a POST without an answer in time is unsure", async () => {
  const script = scripted(never);
  const found = await jumping(() => rejection(client(script, { timeout: 5000 }).textToVideo.create(request)));
  assert.deepEqual([found.kind, script.posts, script.calls[0].signal.aborted], ["unsure", 1, true]);
});

test("a signal aborted before sends nothing and rejects with its reason", async () => {
  const script = scripted(accepted);
  const reason = new Error("changed my mind");
  const found = await rejection(client(script).textToVideo.create(request, { signal: AbortSignal.abort(reason) }));
  assert.deepEqual([found, script.calls.length], [reason, 0]);
});

test("a signal aborted while sending rejects at once, whatever fetch does", async () => {
  const script = scripted(never);
  const controller = new AbortController();
  const promise = client(script).textToVideo.create(request, { signal: controller.signal });
  await new Promise(setImmediate);
  assert.equal(script.posts, 1);
  controller.abort("enough");
  assert.equal(await rejection(promise), "enough");
});

test("a signal aborted while waiting to send again ends it", async () => {
  const script = scripted(error(429, "RATE_LIMIT_EXCEEDED", { "retry-after": "30" }));
  const controller = new AbortController();
  const promise = client(script).textToVideo.create(request, { signal: controller.signal });
  while (script.posts === 0) await new Promise(setImmediate);
  await new Promise(setImmediate);
  controller.abort();
  assert.equal((await rejection(promise)).name, "AbortError");
  assert.equal(script.posts, 1);
});

test("a create that nobody awaits leaves no unobserved rejection, and is still told later", async () => {
  let unobserved = 0;
  const count = () => unobserved++;
  process.on("unhandledRejection", count);
  const promise = client(scripted(opaque())).textToVideo.create(request);
  const chained = [promise.result(), promise.updates().next()].map((one) => rejection(one));
  const ignored = client(scripted(opaque())).textToVideo.create(request);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  process.off("unhandledRejection", count);
  assert.equal(unobserved, 0);
  assert.deepEqual((await Promise.all(chained)).map((found) => found.kind), ["unsure", "unsure"]);
  assert.equal((await rejection(ignored)).kind, "unsure");
});

test("without a key nothing is sent to the provider", async () => {
  const script = scripted(accepted);
  const found = await rejection(client(script, { apiKey: null }).textToVideo.create(request));
  assert.deepEqual([found.kind, script.calls.length], ["auth", 0]);
});

test("a gateway of one's own needs no key", async () => {
  const script = scripted(accepted);
  await client(script, { apiKey: null, baseURL: "http://127.0.0.1:7400/api/" }).textToVideo.create(request);
  assert.equal(script.calls[0].url, "http://127.0.0.1:7400/api/v3/async/kling-v3.0-std-t2v");
  assert.equal("Authorization" in script.calls[0].headers, false);
});

test("a server of one's own is told which request it is, and nobody else", async () => {
  // Browsers send a POST again by themselves when a connection ends without an answer.
  const name = async (options) => {
    const script = scripted(accepted);
    await client(script, options).textToVideo.create(request);
    return script.calls[0].headers["Idempotency-Key"];
  };
  const local = { apiKey: null, baseURL: "http://localhost:7400" };
  // Node 18 has no `crypto` to draw a name with, and sends nothing twice.
  if (globalThis.crypto !== undefined) {
    const names = [await name(local), await name(local)];
    for (const one of names) assert.match(one, /^[0-9a-f]{32}$/);
    assert.notEqual(names[0], names[1]);
  }
  assert.equal(await name({}), undefined);
  assert.equal(await name({ apiKey: null, baseURL: "https://gateway.example" }), undefined);
  const script = scripted(accepted);
  await client(script, local).textToVideo.create(request, { headers: { "Idempotency-Key": "mine" } });
  assert.equal(new Headers(script.calls[0].headers).get("idempotency-key"), "mine");
});
