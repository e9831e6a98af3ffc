// Requests that are seen to be good without core: whatever core does not see must be what core would have made of it.

import assert from "node:assert/strict";
import { test } from "node:test";

/** How often core was asked for a check. Its instance is laid hold of before the package makes it. */
let asked = 0;
const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  const held = Object.entries(exports).map(([name, value]) => {
    const isCheck = typeof value === "function" && name === "check";
    return [name, isCheck ? (...args) => (asked++, value(...args)) : value];
  });
  return { exports: Object.fromEntries(held) };
};

const { png, rushes } = await import("./kit.mjs");
const { check, schemas } = rushes;

/** What a check gives, and whether core was asked for it. */
function checked(endpoint, value) {
  const before = asked;
  const result = check(endpoint, value);
  return { result, byCore: asked > before };
}

/** The same fields on an object that is not plain, so that core looks at them. */
const unusual = (value) => Object.create(null, Object.getOwnPropertyDescriptors(value));

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(roll() * count);
  const oneOf = (values) => values[below(values.length)];
  return { roll, below, oneOf };
}

const WHITE = [..."\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2000\u2003\u200a\u200b\u200c\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"];
const PIECES = ["a", "fox ", '"', "\\", "/", "\0", "\x1f", "\x7f", "\n", "é", "漢", "\u2028", "\ufffd", "🦊", "\u{10ffff}", "\ud83e", "\udd8a"];
const ADDRESSES = [
  ...["https://e.x/a.png", "http://e.x", "HTTPS://E.X/", "https://a-b.c/d?e=f#g@h:i", "https://localhost/a%20b", "https://file.invalid/"],
  ...["https://e.x:443/a", "https://e.x:99999/", "https://e_x/", "https://-e.x/", "https://e.x./", "https://e..x/", "https://u:p@e.x/"],
  ...["https://e.x?a", "https://[::1]/", "https://e.x/a b", 'https://e.x/"', "https://e.x/\\", "https://e.x/<", "https://e.x/é", "https://é.x/"],
  ...["https://", "https:///a", "ftp://e.x/", " https://e.x/", "https://e.x/\n", "https://e.x/\ud800", "//e.x", "fox.png", "", "\u017fttp://e.x"],
];
const PNG = `data:image/png;base64,${Buffer.from(png(640, 480)).toString("base64")}`;
const NUMBERS = [3, 5, 5.0, 8, 15, 16, 2, 2.9999999999999996, 15.000000000000002, 5.5, -0, 0, 1, 0.5, 0.7, 0.1 + 0.2, 5e-324, 1e-7, 1 + 2 ** -52, NaN, Infinity, -1, 1e300];
const ODD = [null, undefined, true, false, "5", "", "true", [], ["16:9"], {}, 5n, Symbol("x"), () => "A fox", new Date(0), new Map()];
const BOXED = [new String("A fox"), new Number(5), new Boolean(true), Object("16:9"), { toString: () => "A fox" }, { valueOf: () => 5 }, { toJSON: () => "A fox" }];

function textOf({ roll, below, oneOf }) {
  const kind = roll();
  if (kind < 0.45) return `A fox leaps, take ${below(1000)}`;
  if (kind < 0.6) return Array.from({ length: below(6) }, () => oneOf(PIECES)).join("");
  if (kind < 0.7) return Array.from({ length: below(5) }, () => oneOf(WHITE)).join("") + oneOf(["", "", "x", "\0"]);
  // About as long as may be, in characters and in units.
  const filled = oneOf(["x", "漢", "🦊"]).repeat(oneOf([2498, 2499, 2500, 2501, 5000, 1249, 1250, 1251]));
  return kind < 0.85 ? filled : filled + oneOf([...PIECES, ...WHITE]);
}

const GOOD = {
  prompt: textOf,
  negative_prompt: (random) => (random.roll() < 0.3 ? "" : textOf(random)),
  duration: ({ below, roll, oneOf }) => (roll() < 0.7 ? 3 + below(13) : oneOf(NUMBERS)),
  cfg_scale: ({ roll, oneOf }) => (roll() < 0.7 ? roll() : oneOf(NUMBERS)),
  aspect_ratio: ({ roll, oneOf }) => (roll() < 0.8 ? oneOf(["16:9", "9:16", "1:1"]) : oneOf(["4:3", "16:9 ", "1:1\0", ""])),
  sound: ({ roll }) => roll() < 0.5,
  image: ({ roll, oneOf }) => (roll() < 0.6 ? "https://e.x/a.png" : oneOf([...ADDRESSES, PNG])),
  end_image: ({ oneOf }) => oneOf(ADDRESSES),
  multi_prompt: ({ roll, oneOf }) => (roll() < 0.5 ? null : oneOf([[], [{ prompt: "A fox" }], [{ prompt: "A fox", duration: 3 }, { prompt: "x".repeat(513) }]])),
};
const FIELDS = {
  "text-to-video": ["prompt", "negative_prompt", "duration", "cfg_scale", "aspect_ratio", "sound"],
  "image-to-video": ["image", "prompt", "negative_prompt", "duration", "cfg_scale", "sound", "end_image", "multi_prompt"],
};
const OTHERS = ["seed", "image_url", "__proto__", "constructor", "toString", "hasOwnProperty", "negativePrompt", "0", "aspect_ratio", "image"];

/** A request, as often right as not; its fields in any order. */
function requestOf(random, endpoint) {
  const { roll, oneOf } = random;
  const fields = [];
  for (const name of FIELDS[endpoint]) {
    if (roll() > ({ prompt: 0.98, image: 0.98, end_image: 0.2, multi_prompt: 0.1 }[name] ?? 0.5)) continue;
    const isOdd = roll() < 0.06;
    fields.push([name, isOdd ? oneOf([...ODD, ...BOXED, ...NUMBERS]) : GOOD[name](random)]);
  }
  if (roll() < 0.05) fields.push([oneOf(OTHERS), roll() < 0.5 ? null : oneOf([...ODD, "x"])]);
  if (roll() < 0.3) fields.sort(() => roll() - 0.5);
  const request = {};
  for (const [name, value] of fields) Object.defineProperty(request, name, { value, enumerable: true, configurable: true, writable: true });
  return request;
}

for (const endpoint of Object.keys(FIELDS)) {
  test(`what core is not asked about it would have taken, to the letter: thousands of ${endpoint} requests`, () => {
    const random = dice(2500);
    const count = { plain: 0, takenByCore: 0, refused: 0 };
    for (let round = 0; round < 12_000; round++) {
      const request = requestOf(random, endpoint);
      const { result, byCore } = checked(endpoint, request);
      const core = checked(endpoint, unusual(request));
      assert.ok(core.byCore);
      assert.deepStrictEqual(result, core.result);
      if (!byCore) {
        assert.deepStrictEqual(result.warnings, []);
        assert.deepStrictEqual(Object.keys(result.request), Object.keys(core.result.request));
        assert.ok(core.result.ok && result.body.isWellFormed());
      }
      count[byCore ? (result.ok ? "takenByCore" : "refused") : "plain"]++;
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
