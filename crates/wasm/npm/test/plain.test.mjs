// Requests that are seen to be good without core: whatever core does not see must be what core would have made of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { checked, compared, dice, FIELDS, requestOf, unusual } from "./glance.mjs";

// After the kit, which lays hold of core before the package makes it.
const { check, schemas } = (await import("./kit.mjs")).rushes;

for (const endpoint of Object.keys(FIELDS)) {
  test(`what core is not asked about it would have said, to the letter: thousands of ${endpoint} requests`, () => {
    const random = dice(2500);
    const count = { taken: 0, takenByCore: 0, refused: 0, refusedByCore: 0 };
    for (let round = 0; round < 12_000; round++) {
      const { result, byCore } = compared(endpoint, requestOf(random, endpoint));
      if (!byCore && result.ok) assert.ok(result.warnings.length === 0 && result.body.isWellFormed());
      count[(result.ok ? "taken" : "refused") + (byCore ? "ByCore" : "")]++;
    }
    assert.ok(Object.values(count).every((some) => some > 300), JSON.stringify(count));
  });
}

test("usual requests need no core, whatever is left out, null or undefined", () => {
  const usual = [
    ["text-to-video", { prompt: "A fox" }],
    ["text-to-video", { prompt: 'Say "now"\n', negative_prompt: "", duration: 3, cfg_scale: 1, aspect_ratio: "9:16", sound: true }],
    ["text-to-video", { prompt: "漢".repeat(2499) + "🦊", negative_prompt: null, duration: undefined, sound: undefined }],
    ["text-to-video", { prompt: "🦊".repeat(2500), image: null, seed: undefined }],
    ["image-to-video", { prompt: "A fox", image: "https://e.x/a.png?b=c", end_image: "http://e.x", multi_prompt: null }],
  ];
  for (const [endpoint, request] of usual) {
    const { result, byCore } = checked(endpoint, request);
    assert.deepEqual([result.ok, byCore], [true, false], JSON.stringify(request).slice(0, 80));
    assert.deepStrictEqual(result, check(endpoint, unusual(request)));
  }
});

test("what core must look at, it is asked about", () => {
  class Request {
    prompt = "A fox";
  }
  const blob = { prompt: "A fox", [Symbol.toStringTag]: "Blob", arrayBuffer: () => {} };
  const values = [new Request(), Object.create({ prompt: "A fox" }), [], "A fox", null, () => {}, blob, { prompt: "A \ud83e" }];
  for (const value of values) assert.ok(checked("text-to-video", value).byCore, String(value?.constructor?.name));
});

test("fields are read once, in their order, whoever looks at them", () => {
  for (const duration of [8, 16]) {
    for (const wrap of [(value) => value, (value) => new Proxy(value, {})]) {
      const read = [];
      const once = (name, value) => ({ enumerable: true, get: () => (read.push(name), read.indexOf(name) === read.length - 1 ? value : 99) });
      const request = Object.defineProperties({}, { sound: once("sound", true), duration: once("duration", duration), prompt: once("prompt", "A fox") });
      const result = check("text-to-video", wrap(request));
      assert.deepEqual(read, ["sound", "duration", "prompt"]);
      assert.deepEqual(result.ok ? result.body : result.issues[0].actual, duration === 8 ? '{"prompt":"A fox","duration":8,"sound":true}' : 16);
    }
  }
});

test("what stands in prototypes is no field of a request", (t) => {
  t.after(() => ["sound", "duration", "toJSON"].forEach((name) => delete Object.prototype[name]));
  Object.assign(Object.prototype, { sound: true, toJSON: () => "no" });
  Object.defineProperty(Object.prototype, "duration", { value: 8, writable: true, configurable: true });
  assert.equal(check("text-to-video", { prompt: "A \"fox\"" }).body, '{"prompt":"A \\"fox\\""}');
});

test("what is given is left as it was, and what comes back is the caller's own", () => {
  const given = Object.freeze({ prompt: "A fox" });
  const [first, second] = [check("text-to-video", given), check("text-to-video", given)];
  first.request.prompt = "changed";
  first.warnings.push("changed");
  assert.deepEqual([second.request.prompt, second.warnings, Object.keys(given)], ["A fox", [], ["prompt"]]);
  assert.equal(schemas.textToVideo["~standard"].validate(given).value.duration, 5);
});

test("without isWellFormed core is asked, and says the same", (t) => {
  const { isWellFormed } = String.prototype;
  t.after(() => (String.prototype.isWellFormed = isWellFormed));
  const request = { prompt: "A 🦊" };
  const before = check("text-to-video", request);
  delete String.prototype.isWellFormed;
  const { result, byCore } = checked("text-to-video", request);
  assert.ok(byCore);
  assert.deepStrictEqual(result, before);
});
