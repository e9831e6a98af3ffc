// Requests that are refused without asking core again: what is said of them must be what core would have said.

import assert from "node:assert/strict";
import { test } from "node:test";

import { checked, compared, dice, FIELDS, NUMBERS, ODD, PIECES, unusual, WHITE } from "./glance.mjs";

const { check, schemas } = (await import("./kit.mjs")).rushes;

/** A number of any size, as often near the limits as not. */
function anyNumber({ roll, below, oneOf }) {
  const kind = roll();
  if (kind < 0.3) return oneOf(NUMBERS);
  if (kind < 0.6) return below(64) - 16;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, (roll() - 0.5) * 40);
  if (kind > 0.8) for (let at = 0; at < 8; at++) bits.setUint8(at, below(256));
  return bits.getFloat64(0);
}

const WORDS = ["5", " 8s", "1e2", "0.5", "on", "TRUE", "no", "4:3", "16-9", "16;9", "square", "1.1", "\ud800", "\u2028", "{value}", ""];
const smallText = ({ roll, below, oneOf }) =>
  roll() < 0.85 ? oneOf(WORDS) : Array.from({ length: below(9) }, () => oneOf([...PIECES, ...WHITE])).join("") + oneOf(["", "x".repeat(70)]);
const longText = ({ roll, below, oneOf }) =>
  oneOf(["x", "漢", "🦊", " ", "\u3000", "a\ud83e"]).repeat(roll() < 0.5 ? 2499 + below(4) : 1240 + below(2600)) + oneOf(["", "", "🦊", ...WHITE]);
const NAMES = ["negativePrompt", "promt", "seed", "image_url", "aspectRatio", "~", "~1", "a/b", "a~1b", "", "__proto__", "0", "\ud800", "\ufffd", "x".repeat(61), "constructor", "multi_shots", "generate_audio"];

/** A value that its field refuses more often than not. */
function mistake(random, name) {
  const kind = random.roll();
  if (kind < 0.2) return random.oneOf(NUMBERS);
  if (kind < 0.4) return smallText(random);
  if (kind < 0.5) return random.roll() < 0.5;
  if (kind < 0.53) return random.oneOf(ODD);
  if (name.includes("prompt")) return longText(random);
  return name === "duration" || name === "cfg_scale" || kind > 0.97 ? anyNumber(random) : smallText(random);
}

/** A request with some mistakes. */
function wrongRequest(random, endpoint) {
  const { roll, below, oneOf } = random;
  const fields = { prompt: "A fox", ...(endpoint === "image-to-video" && { image: "https://e.x/a.png" }) };
  // Core is asked about images and shots each time.
  const own = FIELDS[endpoint].filter((name) => !name.includes("image") || roll() < 0.1).filter((name) => name !== "multi_prompt");
  const request = Object.assign(Object.create(null), fields);
  for (let count = 1 + below(4); count > 0; count--) {
    const name = roll() < 0.8 ? oneOf(own) : oneOf(NAMES);
    request[name] = mistake(random, name);
  }
  for (const name of own) if (roll() < 0.03) request[name] = oneOf([null, undefined]);
  if (roll() < 0.05) request.multi_prompt = oneOf([[], [{ prompt: "A fox", duration: 4 }], "shots", 3, [{ prompt: " " }]]);
  const names = Object.keys(request);
  if (roll() < 0.3) names.sort(() => roll() - 0.5);
  const plain = {};
  for (const name of names) Object.defineProperty(plain, name, { value: request[name], enumerable: true, configurable: true, writable: true });
  return plain;
}

test("core is not asked about a number out of range or a text too long, nor twice about the same mistake", () => {
  const asked = (request) => {
    const { result, byCore } = checked("text-to-video", request);
    assert.equal(result.ok, false);
    assert.deepStrictEqual(result, check("text-to-video", unusual(request)));
    return byCore;
  };
  assert.equal(asked({ prompt: "A fox", duration: 77, cfg_scale: -0.25 }), false);
  assert.equal(asked({ prompt: "漢".repeat(2600), negative_prompt: "🦊".repeat(2501), duration: 7.75 }), false);
  const slips = [{ duration: "seventy" }, { aspect_ratio: "7:5" }, { sond: true }, { prompt: "\t \t" }, { sound: 7 }, { prompt: undefined }];
  for (const slip of slips) {
    assert.equal(asked({ prompt: "A fox", ...slip }), true, JSON.stringify(slip));
    assert.equal(asked({ prompt: "A cat", ...slip, negative_prompt: "blur" }), false, JSON.stringify(slip));
  }
  assert.equal(asked({ duration: "seventy", aspect_ratio: "7:5", sond: {}, sound: 7 }), true, "an object may be too large to look through");
  assert.equal(asked({ duration: "seventy", aspect_ratio: "7:5", sond: [][0] ?? 1, sound: 7 }), false);
});

for (const endpoint of Object.keys(FIELDS)) {
  test(`thousands of ${endpoint} requests are refused as core refuses them`, () => {
    const random = dice(16);
    const count = { refused: 0, refusedByCore: 0 };
    const codes = new Set();
    for (let round = 0; count.refused < 10_000; round++) {
      assert.ok(round < 40_000, JSON.stringify(count));
      const { result, byCore } = compared(endpoint, wrongRequest(random, endpoint));
      if (result.ok) continue;
      count[byCore ? "refusedByCore" : "refused"]++;
      if (!byCore) for (const { code } of result.issues) codes.add(code);
    }
    assert.ok(count.refusedByCore > 2_000, JSON.stringify(count));
    assert.deepEqual([...codes].sort(), [
      ...["blank", "not_an_integer", ...(endpoint === "text-to-video" ? ["not_allowed"] : []), "out_of_range"],
      ...["required", "too_long", "unknown_field", "wrong_type"],
    ].sort());
  });
}

test("an issue is its reader's own, however often it is told", () => {
  const request = { prompt: "A fox", aspect_ratio: "21:9", duration: 99, cfg_scale: "high" };
  const first = structuredClone(check("text-to-video", request).issues);
  for (let again = 0; again < 3; again++) {
    const { issues } = check("text-to-video", request);
    assert.deepStrictEqual(issues, first);
    for (const issue of issues) {
      if (Array.isArray(issue.limit)) issue.limit.push("changed");
      else if (typeof issue.limit === "object") issue.limit.min = "changed";
      issue.message = issue.hint = issue.path = "changed";
    }
    issues.length = 0;
  }
});

test("however many mistakes are made, few are remembered", () => {
  for (let at = 0; at < 2_000; at++) compared("text-to-video", { prompt: "A fox", aspect_ratio: `${at}:1`, [`field${at}`]: at });
  assert.equal(checked("text-to-video", { prompt: "A fox", aspect_ratio: "0:1" }).byCore, true);
  assert.equal(checked("text-to-video", { prompt: "A fox", aspect_ratio: "1999:1" }).byCore, false);
});

test("what shots make wrong is not remembered of a request without them", () => {
  const request = { image: "https://e.x/a.png", prompt: "A fox", duration: 9 };
  const shots = { ...request, multi_prompt: [{ prompt: "A fox", duration: 4 }] };
  assert.deepEqual(check("image-to-video", shots).issues.map(({ path, code }) => [path, code]), [["/duration", "duration_mismatch"]]);
  assert.equal(check("image-to-video", request).ok, true);
});

test("the schemas say the same, with the steps of each path", () => {
  const { issues } = schemas.textToVideo["~standard"].validate({ prompt: "A fox", duration: 99, "a/b": 1 });
  assert.deepEqual(issues.map(({ path }) => path), [["duration"], ["a/b"]]);
});
