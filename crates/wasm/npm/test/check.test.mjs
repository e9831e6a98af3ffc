import assert from "node:assert/strict";
import { test } from "node:test";

import { png, rushes } from "./kit.mjs";

const { check, estimate, schemas, RushesError } = rushes;

const found = (endpoint, value) => {
  const result = check(endpoint, value);
  assert.equal(result.ok, false, JSON.stringify(result));
  return result.issues.map(({ path, code }) => `${path} ${code}`);
};

/** Something whose every property throws. */
const hostile = new Proxy({}, { ownKeys: () => { throw new Error("no"); }, get: () => { throw new Error("no"); } });
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
})();
const cyclic = { prompt: "A fox" };
cyclic.negative_prompt = cyclic;
const deep = () => {
  let value = "deep";
  for (let level = 0; level < 10_000; level++) value = [value];
  return value;
};
/** An object that refers to one that refers to one …, twice each: 2^40 paths through 40 objects. */
const shared = () => {
  let value = { prompt: "A fox" };
  for (let level = 0; level < 40; level++) value = { a: value, b: value };
  return value;
};
const throwing = { get prompt() { throw new Error("no"); } };
const detached = () => {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
};
const image = png(640, 480);

const cases = [
  ["nothing at all", "text-to-video", undefined, [" wrong_type"]],
  ["null", "text-to-video", null, [" wrong_type"]],
  ["a function", "text-to-video", () => {}, [" wrong_type"]],
  ["a symbol", "text-to-video", Symbol("x"), [" wrong_type"]],
  ["a bigint", "text-to-video", 5n, [" wrong_type"]],
  ["a list", "text-to-video", [], [" wrong_type"]],
  ["a proxy that throws", "text-to-video", hostile, [" wrong_type"]],
  ["a revoked proxy", "text-to-video", revoked, [" wrong_type"]],
  ["bytes", "text-to-video", image, [" wrong_type"]],
  ["a getter that throws", "text-to-video", throwing, ["/prompt wrong_type"]],
  ["a cycle", "text-to-video", cyclic, ["/negative_prompt wrong_type"]],
  ["more references than can be followed", "text-to-video", shared(), [" wrong_type"]],
  ["the same shot twice", "image-to-video", { image, prompt: "A fox", multi_prompt: Array(2).fill({ prompt: " " }) }, [
    "/multi_prompt/0/prompt blank",
    "/multi_prompt/1/prompt blank",
  ]],
  ["depth", "text-to-video", { prompt: "A fox", negative_prompt: deep() }, ["/negative_prompt wrong_type"]],
  ["a bigint in a field", "text-to-video", { prompt: "A fox", duration: 5n }, ["/duration wrong_type"]],
  ["a symbol in a field", "text-to-video", { prompt: Symbol("x") }, ["/prompt wrong_type"]],
  ["a function in a field", "text-to-video", { prompt: () => "A fox" }, ["/prompt wrong_type"]],
  ["NaN", "text-to-video", { prompt: "A fox", cfg_scale: NaN }, ["/cfg_scale out_of_range"]],
  ["infinity", "text-to-video", { prompt: "A fox", duration: Infinity }, ["/duration out_of_range"]],
  ["a fraction", "text-to-video", { prompt: "A fox", duration: 5.5 }, ["/duration not_an_integer"]],
  ["text for a number", "text-to-video", { prompt: "A fox", duration: "5" }, ["/duration wrong_type"]],
  ["everything at once", "text-to-video", { prompt: " ", duration: 16, aspect_ratio: "4:3", colour: 1 },
    ["/prompt blank", "/duration out_of_range", "/aspect_ratio not_allowed", "/colour unknown_field"]],
  ["a sparse list", "image-to-video", { image, prompt: "A fox", multi_prompt: new Array(4e9) }, ["/multi_prompt wrong_type"]],
  ["a function as a shot", "image-to-video", { image, prompt: "A fox", multi_prompt: [() => {}] }, ["/multi_prompt/0 wrong_type"]],
  ["shots and an end image", "image-to-video", { image, prompt: "A fox", end_image: image, multi_prompt: [{ prompt: "a" }] },
    ["/multi_prompt conflict"]],
  ["an image too small", "image-to-video", { image: png(299, 300), prompt: "A fox" }, ["/image image_too_small"]],
  ["no image by content", "image-to-video", { image: new TextEncoder().encode("GIF89a, really"), prompt: "A fox" },
    ["/image image_format"]],
  ["no bytes", "image-to-video", { image: new ArrayBuffer(0), prompt: "A fox" }, ["/image image_format"]],
  ["a detached buffer", "image-to-video", { image: detached(), prompt: "A fox" }, ["/image wrong_type"]],
];

for (const [name, endpoint, value, expected] of cases) {
  test(`check finds: ${name}`, () => assert.deepEqual(found(endpoint, value), expected));
}

test("a request that passes comes back with its defaults and the exact text to send", () => {
  const result = check("text-to-video", { prompt: 'A "fox" 🦊\n', duration: 8, negative_prompt: null, sound: undefined });
  assert.deepEqual(result, {
    ok: true,
    request: { prompt: 'A "fox" 🦊\n', duration: 8, cfg_scale: 0.5, aspect_ratio: "16:9", sound: false },
    body: '{"prompt":"A \\"fox\\" 🦊\\n","duration":8}',
    warnings: [],
  });
});

test("strings keep their borders whatever they hold", () => {
  for (const prompt of ["\0", "a\0b", "🦊\0🦊", "\u{10ffff}", "é", "漢字\0", "~}"]) {
    const result = check("text-to-video", { prompt, negative_prompt: `${prompt}!` });
    assert.equal(result.ok, true, prompt);
    assert.deepEqual([result.request.prompt, result.request.negative_prompt], [prompt, `${prompt}!`]);
  }
});

test("a body is what JSON.stringify makes of the request, whatever its texts hold", () => {
  const pieces = ['"', "\\", "\n", "\u0001", "\x7f", "\u2028", "\ufffd", "，", "é", "漢", "🦊", "\ud83e", "\udd8a", "eight by"];
  const whole = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");
  const image = "https://example.com/a.png";
  for (const one of pieces) {
    for (const other of pieces) {
      for (let before = 0; before < 8; before++) {
        const [prompt, negative_prompt] = [`${"x".repeat(before)}${one}${other}b`, other];
        const multi_prompt = [{ prompt: `a${one}${one}`, duration: 4 }, { prompt, duration: 3 }];
        const result = check("image-to-video", { multi_prompt, negative_prompt, prompt, image });
        const shots = multi_prompt.map(({ prompt, duration }) => ({ prompt: whole(prompt), duration }));
        const texts = { image, prompt: whole(prompt), negative_prompt: whole(negative_prompt), duration: 7 };
        assert.equal(result.body, JSON.stringify({ ...texts, multi_prompt: shots }));
        assert.deepEqual(result.request, { ...texts, cfg_scale: 0.5, sound: false, multi_prompt: shots });
      }
    }
  }
});

test("lone surrogates neither break nor join", () => {
  const result = check("text-to-video", { prompt: "a\ud83e", negative_prompt: "\udd8ab" });
  assert.deepEqual([result.request.prompt, result.request.negative_prompt], ["a\ufffd", "\ufffdb"]);
});

test("2500 characters are Unicode scalar values", () => {
  assert.equal(check("text-to-video", { prompt: "🦊".repeat(2500) }).ok, true);
  assert.deepEqual(found("text-to-video", { prompt: "🦊".repeat(2501) }), ["/prompt too_long"]);
});

test("an image is taken as any kind of bytes, and comes back as it was given", () => {
  const padded = new Uint8Array(80);
  padded.set(image, 8);
  const shared = new SharedArrayBuffer(image.length);
  new Uint8Array(shared).set(image);
  const kinds = [image, image.buffer, Buffer.from(image), new DataView(image.buffer), padded.subarray(8, 72), shared];
  const bodies = kinds.map((given) => {
    const result = check("image-to-video", { image: given, prompt: "A fox" });
    assert.equal(result.ok, true, JSON.stringify(result));
    assert.equal(result.request.image, given);
    return result.body;
  });
  const text = `data:image/png;base64,${Buffer.from(image).toString("base64")}`;
  for (const body of bodies) assert.equal(JSON.parse(body).image, text);
});

test("a URL object is its text", () => {
  const result = check("image-to-video", { image: new URL("https://example.com/a.png"), prompt: "A fox" });
  assert.equal(result.request.image, "https://example.com/a.png");
});

test("check cannot read a Blob and says what can", () => {
  const result = check("image-to-video", { image: new Blob([image]), prompt: "A fox" });
  assert.equal(result.issues[0].code, "wrong_type");
  assert.match(result.issues[0].hint, /arrayBuffer/);
});

test("an unknown endpoint is a mistake of the caller", () => {
  assert.throws(() => check("video-to-text", {}), TypeError);
});

test("an estimate follows length and sound, and takes other prices", () => {
  const prompt = "A fox";
  assert.equal(estimate("text-to-video", { prompt }).usd, 0.42);
  assert.equal(estimate("text-to-video", { prompt, duration: 15, sound: true }).usd, 1.89);
  const shots = [{ prompt, duration: 3 }, { prompt }];
  assert.equal(estimate("image-to-video", { image: new Blob([]), prompt, multi_prompt: shots }).seconds, 8);
  const rates = { silent: 0.1, source: "my contract", asOf: "2026-11-01" };
  const expected = { seconds: 5, usd: 0.5, ratePerSecond: 0.1, source: "my contract", asOf: "2026-11-01" };
  assert.deepEqual(estimate("text-to-video", { prompt }, rates), expected);
});

test("a request that is not valid has no price", () => {
  assert.throws(
    () => estimate("text-to-video", { prompt: "A fox", duration: 16 }),
    (error) => RushesError.is(error) && error.kind === "invalid" && error.issues[0].path === "/duration",
  );
});

test("the schemas are Standard Schemas", async () => {
  const { version, vendor, validate } = schemas.imageToVideo["~standard"];
  assert.deepEqual([version, vendor], [1, "rushes"]);
  const request = { image: new Blob([image]), prompt: "A fox", multi_prompt: [{ prompt: "a", duration: 2 }] };
  const bad = await validate(request);
  assert.deepEqual(bad.issues.map((issue) => issue.path), [["multi_prompt", 0, "duration"]]);
  const good = await validate({ ...request, multi_prompt: null });
  assert.equal(good.value.image, request.image);
  assert.equal(good.value.duration, 5);
  assert.deepEqual(schemas.textToVideo["~standard"].validate({ prompt: "A fox" }).value.sound, false);
});

test("a large image leaves no grown memory behind: the instance it grew is let go", (t) => {
  let made = 0;
  const { Instance } = WebAssembly;
  t.after(() => void (WebAssembly.Instance = Instance));
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      made++;
    }
  };
  const pass = (bytes) => assert.equal(check("image-to-video", { image: png(640, 480, bytes), prompt: "A fox" }).ok, true);
  pass(64);
  const before = made;
  for (const bytes of [64, 9_000_000, 64, 64]) pass(bytes);
  assert.equal(made - before, 1);
});
