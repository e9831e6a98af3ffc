import assert from "node:assert/strict";
import { test } from "node:test";

import { png, rushes } from "./kit.mjs";

const { inspectImage, RushesError } = rushes;

/** A Blob that counts what is read of it. */
class Counting extends Blob {
  read = 0;
  slice(start, end) {
    const part = super.slice(start, end);
    this.read += part.size;
    return part;
  }
  arrayBuffer() {
    this.read += this.size;
    return super.arrayBuffer();
  }
}

test("only the header of a large file is read", async () => {
  const blob = new Counting([png(1920, 1080, 9_900_000)]);
  const { issues, ...info } = await inspectImage(blob);
  assert.deepEqual(info, { format: "png", width: 1920, height: 1080, orientation: 1, bytes: 9_900_000 });
  assert.deepEqual(issues, []);
  assert.ok(blob.read <= 65_536, `${blob.read} bytes were read`);
});

test("start and end of a large file are asked for at once", async () => {
  const blob = new Blob([png(1920, 1080, 9_900_000)]);
  const asked = [];
  const slice = blob.slice.bind(blob);
  blob.slice = (start, end) => {
    asked.push([start, end]);
    return slice(start, end);
  };
  const inspected = inspectImage(blob);
  assert.equal(asked.length, 2, "before the first of them is answered");
  assert.equal((await inspected).width, 1920);
});

const cases = [
  ["a PNG of 299 × 300", png(299, 300, 9_900_000), ["image_too_small"]],
  ["a file over 10 MB", png(640, 480, 10 * 1024 * 1024 + 1), ["image_too_big"]],
  ["a wide image", png(3000, 300), ["image_ratio"]],
  ["a GIF", new TextEncoder().encode("GIF89a, whatever its name says"), ["image_format"]],
  ["nothing", new Uint8Array(0), ["image_format"]],
  ["half a header", png(640, 480).subarray(0, 20), ["image_unreadable"]],
  ["noise", Uint8Array.from({ length: 1e7 }, (_, at) => (at * 2654435761) >>> 24), ["image_format"]],
];

for (const [name, bytes, expected] of cases) {
  test(`inspectImage finds: ${name}`, async () => {
    for (const given of [bytes, new Blob([bytes]), bytes.slice().buffer]) {
      const { issues } = await inspectImage(given);
      assert.deepEqual(issues.map((issue) => issue.code), expected);
      assert.ok(issues.every((issue) => issue.path === "" && issue.message !== ""));
    }
  });
}

test("inline text is read too", async () => {
  const base64 = Buffer.from(png(640, 480)).toString("base64");
  for (const text of [base64, `data:image/png;base64,${base64}`]) {
    assert.equal((await inspectImage(text)).width, 640);
  }
});

test("text that is no image is judged by the same rules as in a request", async () => {
  const whole = Buffer.from(png(640, 480)).toString("base64");
  const texts = ["", "abc$", `${whole.slice(0, 40)}\n${whole.slice(40)}`, `data:image/png,${whole}`, "data:image/png;base64,AAA", "R0lGODlh"];
  for (const text of texts) {
    const { issues } = rushes.check("image-to-video", { image: text, prompt: "A fox" });
    assert.deepEqual((await inspectImage(text)).issues.map((issue) => issue.code), issues.map((issue) => issue.code), text);
    assert.notEqual(issues.length, 0, text);
  }
});

test("a URL object that holds the data is read too", async () => {
  const { width } = await inspectImage(new URL(`data:image/png;base64,${Buffer.from(png(640, 480)).toString("base64")}`));
  assert.equal(width, 640);
});

test("what is no file is a mistake of the caller", async () => {
  const url = "https://example.com/a.png";
  for (const given of [url, new URL(url), 5, null, {}]) await assert.rejects(inspectImage(given), TypeError);
});

test("a Blob that cannot be read says why", async () => {
  const blob = new Blob(["x"]);
  blob.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("the file is gone")) });
  await assert.rejects(inspectImage(blob), (error) => RushesError.is(error) && error.kind === "image" && /the file is gone/.test(error.message));
});
