// What the tests share that set what is seen at a glance against core: how often core was asked, and generated requests.

import assert from "node:assert/strict";

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
const { check } = rushes;

/** What a check gives, and whether core was asked for it. */
export function checked(endpoint, value) {
  const before = asked;
  const result = check(endpoint, value);
  return { result, byCore: asked > before };
}

/** The same fields on an object that is not plain, so that core looks at them. */
export const unusual = (value) => Object.create(null, Object.getOwnPropertyDescriptors(value));

/** Numbers that look random and are the same in every run (mulberry32). */
export function dice(seed) {
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

export const WHITE = [..."\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2000\u2003\u200a\u200b\u200c\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"];
export const PIECES = ["a", "fox ", '"', "\\", "/", "\0", "\x1f", "\x7f", "\n", "é", "漢", "\u2028", "\ufffd", "🦊", "\u{10ffff}", "\ud83e", "\udd8a"];
const ADDRESSES = [
  ...["https://e.x/a.png", "http://e.x", "HTTPS://E.X/", "https://a-b.c/d?e=f#g@h:i", "https://localhost/a%20b", "https://file.invalid/"],
  ...["https://e.x:443/a", "https://e.x:99999/", "https://e_x/", "https://-e.x/", "https://e.x./", "https://e..x/", "https://u:p@e.x/"],
  ...["https://e.x?a", "https://[::1]/", "https://e.x/a b", 'https://e.x/"', "https://e.x/\\", "https://e.x/<", "https://e.x/é", "https://é.x/"],
  ...["https://", "https:///a", "ftp://e.x/", " https://e.x/", "https://e.x/\n", "https://e.x/\ud800", "//e.x", "fox.png", "", "\u017fttp://e.x"],
];
const PNG = `data:image/png;base64,${Buffer.from(png(640, 480)).toString("base64")}`;
export const NUMBERS = [3, 5, 5.0, 8, 15, 16, 2, 2.9999999999999996, 15.000000000000002, 5.5, -0, 0, 1, 0.5, 0.7, 0.1 + 0.2, 5e-324, 1e-7, 1 + 2 ** -52, NaN, Infinity, -1, 1e300];
export const ODD = [null, undefined, true, false, "5", "", "true", [], ["16:9"], {}, 5n, Symbol("x"), () => "A fox", new Date(0), new Map()];
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
export const FIELDS = {
  "text-to-video": ["prompt", "negative_prompt", "duration", "cfg_scale", "aspect_ratio", "sound"],
  "image-to-video": ["image", "prompt", "negative_prompt", "duration", "cfg_scale", "sound", "end_image", "multi_prompt"],
};
const OTHERS = ["seed", "image_url", "__proto__", "constructor", "toString", "hasOwnProperty", "negativePrompt", "0", "aspect_ratio", "image"];

/** A request, as often right as not; its fields in any order. */
export function requestOf(random, endpoint) {
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

/** Checks it, and has core check it, too: both must come to the same, to the letter and in the same order. */
export function compared(endpoint, request) {
  const { result, byCore } = checked(endpoint, request);
  const core = checked(endpoint, unusual(request));
  assert.ok(core.byCore);
  assert.deepStrictEqual(result, core.result);
  if (result.ok) assert.deepStrictEqual(Object.keys(result.request), Object.keys(core.result.request));
  else assert.equal(JSON.stringify(result.issues), JSON.stringify(core.result.issues));
  return { result, byCore };
}
