// Files in a request: how they are read, and how they are sent.

import assert from "node:assert/strict";
import { test } from "node:test";

import { client, json, png, rejection, rushes, scripted, sentBody } from "./kit.mjs";

const { RushesError, schemas } = rushes;
const accepted = json({ task_id: "t-1" });
const uri = (bytes) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;

/** A file of noise behind a right header. */
function noisy(size) {
  const file = png(640, 480, size);
  for (let at = 33; at < size; at++) file[at] = (at * 2654435761) >>> 13;
  return file;
}

/** A Blob that tells what is read of it. */
class Told extends Blob {
  parts = [];
  slice(start, end) {
    this.parts.push(end - start);
    return super.slice(start, end);
  }
  arrayBuffer() {
    throw new Error("it was read whole");
  }
}

const view = (bytes) => {
  const wide = new Uint8Array(bytes.length + 24);
  wide.set(bytes, 8);
  return new DataView(wide.buffer, 8, bytes.length);
};
const shared = (bytes) => {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
};
const kinds = {
  "a Blob": (bytes) => new Blob([bytes]),
  "a File": (bytes) => new File([bytes], "fox.png"),
  "a typed array": (bytes) => bytes,
  "an ArrayBuffer": (bytes) => bytes.slice().buffer,
  "a view of a part": view,
  "a shared buffer": shared,
};
// Around the size of the pieces in which files are encoded, and with every rest of a division by three.
const sizes = [64, 65, 66, (3 << 18) - 1, 3 << 18, (3 << 18) + 1, 2_000_000];

for (const [name, make] of Object.entries(kinds)) {
  test(`${name} is sent byte by byte as it is`, async () => {
    for (const size of sizes) {
      const bytes = noisy(size);
      const script = scripted(accepted);
      await client(script).imageToVideo.create({ image: make(bytes), prompt: 'A "fox"', end_image: make(bytes), duration: 8 });
      const body = await sentBody(script.calls[0]);
      assert.ok(body.image === uri(bytes) && body.end_image === uri(bytes), `${size} bytes`);
      assert.deepEqual(Object.keys(body), ["image", "prompt", "duration", "end_image"]);
      assert.equal(body.prompt, 'A "fox"');
    }
  });
}

test("the same is sent whatever the engine has for base64", async () => {
  const bytes = noisy(100_001);
  const send = async () => {
    const script = scripted(accepted);
    await client(script).imageToVideo.create({ image: bytes, prompt: "A fox" });
    return script.calls[0].body;
  };
  const { Buffer } = globalThis;
  const expected = uri(bytes);
  const proto = Uint8Array.prototype;
  const native = Object.getOwnPropertyDescriptor(proto, "toBase64");
  const toBase64 = function () {
    return Buffer.from(this).toString("base64");
  };
  const sent = {};
  try {
    delete proto.toBase64;
    sent["Node's Buffer"] = await send();
    globalThis.Buffer = undefined;
    sent["by hand"] = await send();
    Object.defineProperty(proto, "toBase64", { configurable: true, value: toBase64 });
    sent["the engine's own"] = await send();
  } finally {
    globalThis.Buffer = Buffer;
    if (native === undefined) delete proto.toBase64;
    else Object.defineProperty(proto, "toBase64", native);
  }
  for (const [how, body] of Object.entries(sent)) assert.ok(JSON.parse(await body.text()).image === expected, how);
});

test("words that look like the place of a file are only words", async () => {
  const bytes = png(640, 480);
  const words = '","image":"https://file.invalid/","end_image":"https://file.invalid/';
  const script = scripted(accepted);
  await client(script).imageToVideo.create({ image: bytes, prompt: words, negative_prompt: words, end_image: bytes });
  const body = await sentBody(script.calls[0]);
  assert.deepEqual([body.image, body.prompt, body.negative_prompt, body.end_image], [uri(bytes), words, words, uri(bytes)]);
});

test("a file beside a URL and beside shots is sent", async () => {
  const bytes = png(640, 480);
  const script = scripted(accepted);
  const rushes = client(script);
  await rushes.imageToVideo.create({ image: "https://example.com/a.png", prompt: "A fox", end_image: bytes });
  await rushes.imageToVideo.create({ image: bytes, prompt: "A fox", multi_prompt: [{ prompt: "wakes", duration: 3 }, { prompt: "runs" }] });
  const [first, second] = await Promise.all(script.calls.map(sentBody));
  assert.deepEqual(first, { image: "https://example.com/a.png", prompt: "A fox", end_image: uri(bytes) });
  assert.deepEqual(second, { image: uri(bytes), prompt: "A fox", duration: 8, multi_prompt: [{ prompt: "wakes", duration: 3 }, { prompt: "runs" }] });
});

test("what is checked as bytes is what is sent as a file", async () => {
  const image = noisy(5000);
  const request = { image, prompt: "A fox\n\u2028 \u{1f98a}", cfg_scale: 0.3, sound: true };
  const script = scripted(accepted);
  await client(script).imageToVideo.create({ ...request, image: new Blob([image]) });
  assert.equal(await script.calls[0].body.text(), rushes.check("image-to-video", request).body);
});

test("a large file is read in pieces, once, after its header", async () => {
  const blob = new Told([noisy(9_000_000)]);
  await client(scripted(accepted)).imageToVideo.create({ image: blob, prompt: "A fox" });
  const header = blob.parts.findIndex((size) => size === 3 << 18);
  const read = blob.parts.slice(header).reduce((sum, size) => sum + size, 0);
  assert.equal(read, 9_000_000);
  assert.ok(blob.parts.slice(0, header).reduce((sum, size) => sum + size, 0) <= 65_536, String(blob.parts));
});

test("nothing but headers is read while anything else is wrong", async () => {
  for (const wrong of [{ prompt: "" }, { duration: 16 }, { colour: "red" }, { end_image: new Blob(["GIF89a"]) }, { end_image: "nonsense!" }]) {
    const blob = new Told([noisy(9_000_000)]);
    const found = await rejection(client(scripted(accepted)).imageToVideo.create({ image: blob, prompt: "A fox", ...wrong }));
    assert.equal(found.kind, "invalid");
    assert.ok(blob.parts.reduce((sum, size) => sum + size, 0) <= 65_536, `${JSON.stringify(wrong)}: ${blob.parts}`);
  }
});

test("issues of files stand where those of the field belong", async () => {
  const wrong = { image: new Blob(["GIF89a"]), prompt: "", end_image: png(10, 10), duration: 99, extra: 1 };
  const found = await rejection(client(scripted(accepted)).imageToVideo.create(wrong));
  assert.deepEqual(
    found.issues.map(({ path, code }) => [path, code]),
    [["/image", "image_format"], ["/prompt", "blank"], ["/duration", "out_of_range"], ["/end_image", "image_too_small"], ["/extra", "unknown_field"]],
  );
});

test("a file that cannot be read is told as such, and nothing is sent", async () => {
  const gone = (after) => {
    const blob = new Blob([noisy(2_000_000)]);
    let reads = 0;
    const slice = blob.slice.bind(blob);
    blob.slice = (...range) => (reads++ < after ? slice(...range) : { arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) });
    return blob;
  };
  const short = new Blob([noisy(2_000_000)]);
  const slice = short.slice.bind(short);
  short.slice = (start, end) => slice(start, end - start > 70_000 ? end - 1 : end);
  for (const image of [gone(0), gone(1), gone(2), short]) {
    const script = scripted(accepted);
    const found = await rejection(client(script).imageToVideo.create({ image, prompt: "A fox" }));
    assert.ok(RushesError.is(found), String(found));
    assert.deepEqual([found.kind, script.calls.length], ["image", 0]);
    assert.match(found.message, /image.* cannot be read/);
  }
});

test("bytes changed after the call are not sent", async () => {
  const bytes = noisy(2000);
  const expected = uri(bytes);
  const script = scripted(accepted);
  const shots = [{ prompt: "wakes", duration: 3 }];
  const promise = client(script).imageToVideo.create({ image: bytes, prompt: "A fox", multi_prompt: shots });
  bytes.fill(0);
  shots[0].prompt = "sleeps";
  await promise;
  const body = await sentBody(script.calls[0]);
  assert.deepEqual([body.image, body.multi_prompt[0].prompt], [expected, "wakes"]);
});

test("aborting while a file is read stops the reading", async () => {
  const blob = new Blob([noisy(9_000_000)]);
  const controller = new AbortController();
  let pieces = 0;
  const slice = blob.slice.bind(blob);
  blob.slice = (start, end) => {
    if (end - start === 3 << 18 && ++pieces === 2) controller.abort("enough");
    return slice(start, end);
  };
  const script = scripted(accepted);
  assert.equal(await rejection(client(script).imageToVideo.create({ image: blob, prompt: "A fox" }, { signal: controller.signal })), "enough");
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([pieces, script.calls.length], [2, 0]);
});

test("a body with a file can be sent again", async () => {
  const bytes = noisy(2000);
  const script = scripted(json({ reason: "RATE_LIMIT_EXCEEDED" }, 429, { "retry-after": "1" }), accepted);
  await client(script).imageToVideo.create({ image: new Blob([bytes]), prompt: "A fox" });
  for (const call of script.calls) assert.equal((await sentBody(call)).image, uri(bytes));
  assert.equal(script.posts, 2);
});

test("hostile requests with a file in them are issues, not errors of ours", async () => {
  const image = png(640, 480);
  const throwing = { image, prompt: "A fox", get duration() { throw new Error("no"); } };
  const proto = JSON.parse('{"__proto__": 1, "prompt": "A fox"}');
  proto.image = image;
  const cases = [[throwing, "/duration"], [proto, "/__proto__"], [Object.assign([], { image }), ""]];
  for (const [value, path] of cases) {
    const found = await rejection(client(scripted(accepted)).imageToVideo.create(value));
    assert.equal(found.kind, "invalid", String(found));
    assert.ok(found.issues.some((issue) => issue.path === path), JSON.stringify(found.issues));
  }
});

test("a schema looks at a file's header, and gives the file back", async () => {
  const { validate } = schemas.imageToVideo["~standard"];
  const image = new Told([noisy(9_000_000)]);
  const { value } = await validate({ image, prompt: "A fox" });
  assert.deepEqual([value.image, value.duration], [image, 5]);
  const { issues } = await validate({ image: new Blob(["GIF89a"]), prompt: "" });
  assert.deepEqual(issues.map(({ path }) => path), [["image"], ["prompt"]]);
});
