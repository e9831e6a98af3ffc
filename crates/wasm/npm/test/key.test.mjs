import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";

import { KEY, client, done, json, old, rejection, rushes, scripted } from "./kit.mjs";

const { Rushes, RushesError } = rushes;

test("the key is shown nowhere", async () => {
  const script = scripted(json({ task_id: "t-1" }), done());
  const found = client(script);
  const task = await found.textToVideo.create({ prompt: "A fox" });
  const failed = await rejection(found.textToVideo.create({ prompt: "" }));
  const updates = task.updates();
  const { value: update } = await updates.next();
  const others = [found.textToVideo.create({ prompt: "" }), updates, update, update.videos, found.watch(["t-1"]), await task.result()];
  for (const shown of [found, found.textToVideo, task, failed, ...others]) {
    const told = [inspect(shown, { depth: 9, showHidden: true }), JSON.stringify(shown), String(shown), Object.keys(shown).join()];
    assert.ok(!told.join().includes(KEY));
  }
});

test("a key that no header takes is refused without repeating it", () => {
  for (const key of [`${KEY}\nX-Evil: 1`, `${KEY} ${KEY}`, "schlüssel", `${KEY}\0`]) {
    assert.throws(
      () => new Rushes({ apiKey: key }),
      (error) => RushesError.is(error) && error.kind === "auth" && !String(error.stack).includes(key),
    );
  }
});

test("white space around a key is a slip of the clipboard", async () => {
  const script = scripted(done());
  await client(script, { apiKey: ` ${KEY}\n` }).task(old()).result();
  assert.equal(script.calls[0].headers.Authorization, `Bearer ${KEY}`);
});

test("the key comes from the environment, unless there is to be none", async () => {
  const before = process.env.NOVITA_API_KEY;
  process.env.NOVITA_API_KEY = KEY;
  try {
    const script = scripted(done());
    await new Rushes({ fetch: script.fetch }).task(old()).result();
    await new Rushes({ fetch: script.fetch, apiKey: null }).task(old()).result();
    assert.deepEqual(script.calls.map((call) => call.headers.Authorization), [`Bearer ${KEY}`, undefined]);
  } finally {
    if (before === undefined) delete process.env.NOVITA_API_KEY;
    else process.env.NOVITA_API_KEY = before;
  }
});

test("in a page a key needs a word of consent", () => {
  globalThis.document = {};
  try {
    assert.throws(() => new Rushes({ apiKey: KEY }), (error) => RushesError.is(error) && error.kind === "auth");
    assert.ok(new Rushes({ apiKey: KEY, dangerouslyAllowBrowser: true }));
    assert.ok(new Rushes({ baseURL: "https://example.com/api" }));
  } finally {
    delete globalThis.document;
  }
});

test("the environment's key goes to the provider alone, unless it is passed", async () => {
  const before = process.env.NOVITA_API_KEY;
  process.env.NOVITA_API_KEY = KEY;
  const cases = [
    [{}, `Bearer ${KEY}`],
    [{ baseURL: "https://api.novita.ai/" }, `Bearer ${KEY}`],
    [{ baseURL: new URL("https://API.novita.ai") }, `Bearer ${KEY}`],
    [{ baseURL: "http://127.0.0.1:7400" }, undefined],
    [{ baseURL: "https://gateway.example" }, undefined],
    [{ baseURL: "https://api.novita.ai.evil.example" }, undefined],
    [{ baseURL: "https://api.novita.ai:444" }, undefined],
    [{ baseURL: "http://api.novita.ai" }, undefined],
    [{ baseURL: "https://gateway.example", apiKey: process.env.NOVITA_API_KEY }, `Bearer ${KEY}`],
  ];
  try {
    for (const [options, expected] of cases) {
      const script = scripted(done());
      await new Rushes({ fetch: script.fetch, ...options }).task(old()).result();
      assert.equal(script.calls[0].headers.Authorization, expected, JSON.stringify(options));
    }
  } finally {
    if (before === undefined) delete process.env.NOVITA_API_KEY;
    else process.env.NOVITA_API_KEY = before;
  }
});

test("a key never goes over plain http, but to this machine itself", () => {
  for (const baseURL of ["http://gateway.example", "http://127.0.0.1.example", "http://10.0.0.1", "http://localhost.example"]) {
    assert.throws(
      () => new Rushes({ apiKey: KEY, baseURL }),
      (error) => RushesError.is(error) && error.kind === "auth" && !String(error.stack).includes(KEY),
      baseURL,
    );
    assert.ok(new Rushes({ baseURL, apiKey: null }));
  }
  for (const baseURL of ["http://127.0.0.1:7400", "http://localhost", "http://[::1]:7400", "http://rushes.localhost"]) {
    assert.ok(new Rushes({ apiKey: KEY, baseURL }), baseURL);
  }
});

test("a key is taken as people paste it", async () => {
  const script = scripted(done());
  await client(script, { apiKey: `Bearer ${KEY}` }).task(old()).result();
  assert.equal(script.calls[0].headers.Authorization, `Bearer ${KEY}`);
});

// Each echoes the key; nothing of it may reach whoever reads the error, the update or the result.
const odd = `odd"key${"\\"}4711-0815`;
const echoes = [
  ["the provider's words", (key) => json({ code: 400, reason: "INVALID_REQUEST_BODY", message: `got ${key}!` }, 400)],
  ["a field of the answer", (key) => json({ headers: { authorization: `Bearer ${key}` } }, 500)],
  ["plain text", (key) => new Response(`no such user ${key}`, { status: 502 })],
  ["an error of fetch", (key) => new TypeError(`cannot send Bearer ${key}`)],
  ["what hangs on an error of fetch", (key) => Object.assign(new TypeError("failed"), { config: { headers: new Headers({ authorization: key }) } })],
  ["the cause of an error of fetch", (key) => new TypeError("failed", { cause: new Error(key) })],
  ["what fetch rejects with instead of an error", (key) => ({ then: (_, reject) => reject(`no ${key}`) })],
];

for (const [name, echo] of echoes) {
  test(`the key is taken out of ${name}`, async () => {
    for (const key of [KEY, odd]) {
      const found = await rejection(client(scripted(() => echo(key)), { apiKey: key }).textToVideo.create({ prompt: "A fox" }));
      assert.ok(RushesError.is(found), String(found));
      const told = [inspect(found, { depth: 9, showHidden: true }), JSON.stringify(found), found.stack, JSON.stringify(found.body)].join();
      for (const form of [key, JSON.stringify(key).slice(1, -1)]) assert.ok(!told.includes(form), told);
    }
  });
}

test("the key is taken out of a task's reason and its raw answer, too", async () => {
  const answer = () => json({ task: { task_id: "t-1", status: "TASK_STATUS_FAILED", reason: `${KEY} is over its limit` } });
  const updates = [];
  for await (const update of client(scripted(answer)).task(old())) updates.push(update);
  const found = await rejection(client(scripted(answer)).task(old()).result());
  const told = inspect([updates, found], { depth: 9 });
  assert.ok(!told.includes(KEY), told);
  assert.match(found.reason, /is over its limit/);
});

test("a short key is not looked for in ordinary words", async () => {
  const script = scripted(json({ task_id: "t-1" }));
  assert.equal((await client(script, { apiKey: "t" }).textToVideo.create({ prompt: "A fox" })).id, "t-1");
});

test("wrong options are mistakes of the caller", () => {
  const url = ["api", "ftp://x", "https://a:b@x", "https://@x", "https://x?y", "https://x?", "https://x/#", "https://x#y", new URL("https://x/#")];
  const bad = [
    ...url.map((baseURL) => ({ baseURL })),
    ...[0, -1, NaN, "1", "", {}, true].map((timeout) => ({ timeout })),
    ...[0, -1, NaN, "60", null].map((maxReadsPerMinute) => ({ maxReadsPerMinute })),
    { fetch: 1 }, { debug: 1 }, { apiKey: 1 }, { inlineForm: "dataUri" }, { headers: { "not a header": "x" } },
  ];
  for (const options of bad) assert.throws(() => new Rushes(options), TypeError, inspect(options));
  for (const timeout of [1, null, Infinity, undefined]) assert.ok(new Rushes({ timeout }));
});
