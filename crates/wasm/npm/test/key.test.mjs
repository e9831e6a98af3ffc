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
  for (const shown of [found, found.textToVideo, task, failed]) {
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

test("wrong options are mistakes of the caller", () => {
  const bad = [{ baseURL: "api" }, { baseURL: "ftp://x" }, { baseURL: "https://a:b@x" }, { baseURL: "https://x?y" }, { fetch: 1 }, { timeout: 0 }, { timeout: "1" }];
  for (const options of bad) assert.throws(() => new Rushes(options), TypeError, JSON.stringify(options));
});
