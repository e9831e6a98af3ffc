// The stand-in and the local service answer alike, both being the same core: what passes on one passes on the other.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { startService } from "../../../../tests/packaging/support/service.mjs";
import { folder, png } from "./kit.mjs";

const { FakeProvider } = await import(pathToFileURL(join(folder, "dist/testing.js")).href);
const T2V = "/v3/async/kling-v3.0-std-t2v";
const I2V = "/v3/async/kling-v3.0-std-i2v";
const RESULT = "/v3/async/task-result";

let service;

before(async () => {
  service = await startService();
});

after(() => service?.stop());

const data = (bytes) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
const gif = Buffer.from("GIF89a\x01\x00\x01\x00\x00\x00\x00", "latin1");

const REFUSED = [
  ["POST", T2V, {}],
  ["POST", T2V, { prompt: "" }],
  ["POST", T2V, { prompt: "A fox", duration: 16, cfg_scale: 2, aspect_ratio: "4:3", sound: "on" }],
  ["POST", T2V, { prompt: "A fox", duration: 5.5, image: "https://example.com/a.png" }],
  ["POST", T2V, [1, 2]],
  ["POST", T2V, "half a te"],
  ["POST", I2V, { prompt: "A fox" }],
  ["POST", I2V, { prompt: "A fox", image: "nonsense" }],
  ["POST", I2V, { prompt: "A fox", image: data(png(200, 200)) }],
  ["POST", I2V, { prompt: "A fox", image: data(png(3000, 400)) }],
  ["POST", I2V, { prompt: "A fox", image: data(gif) }],
  ["POST", I2V, { prompt: "", image: data(gif) }],
  ["POST", I2V, { prompt: "A fox", image: data(png(640, 480)), end_image: data(png(640, 480)), multi_prompt: [{ prompt: "a" }] }],
  ["POST", I2V, { prompt: "A fox", image: data(png(640, 480)), multi_prompt: [{ prompt: "a", duration: 2 }, {}], imge: 1 }],
  ["GET", `${RESULT}?task_id=nobody`],
  ["GET", RESULT],
  ["GET", "/v3/async/other"],
];

/** Status and body of an answer. */
async function told(fetch, base, [method, path, body]) {
  const text = typeof body === "string" ? `{"prompt": "${body}` : JSON.stringify(body);
  const init = method === "GET" ? { method } : { method, body: text, headers: { "content-type": "application/json" } };
  const answer = await fetch(base + path, init);
  return { status: answer.status, body: await answer.json() };
}

for (const row of REFUSED) {
  const [method, path, body] = row;
  test(`refused alike: ${method} ${path} ${JSON.stringify(body ?? null).slice(0, 80)}`, async () => {
    const real = await told(fetch, service.url, row);
    const fake = await told(new FakeProvider().fetch, "https://api.novita.ai", row);
    // What a parser of JSON says is its own affair.
    const issues = (found) => found?.map((issue) => (issue.path === "" ? { ...issue, message: "" } : issue));
    const facts = ({ status, body: { code, reason, message, metadata } }) => ({
      ...{ status, code, reason, issues: issues(metadata?.issues), hasMessage: typeof message === "string" && message !== "" },
    });
    assert.deepEqual(facts(fake), facts(real));
    assert.ok(real.status >= 400);
  });
}

test("a task that was taken is told in the same fields", async () => {
  const fields = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fields(inner)])) : typeof value);
  const facts = async (fetch, base) => {
    const create = await told(fetch, base, ["POST", T2V, { prompt: "A fox", duration: 3 }]);
    const read = await told(fetch, base, ["GET", `${RESULT}?task_id=${create.body.task_id}`]);
    delete read.body.task.eta;
    return { create: [create.status, Object.keys(create.body)], read: [read.status, fields(read.body)] };
  };
  assert.deepEqual(await facts(new FakeProvider().fetch, "https://api.novita.ai"), await facts(fetch, service.url));
});
