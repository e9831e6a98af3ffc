// Where WebAssembly may not be compiled: what is good at a glance can still be checked, but nothing is sent, since what
// came of it could not be read.

import assert from "node:assert/strict";
import { test } from "node:test";

WebAssembly.Module = class {
  constructor() {
    throw new WebAssembly.CompileError("violates the following Content Security Policy directive");
  }
};
const { client, json, png, rejection, rushes, scripted } = await import("./kit.mjs");

const prompt = "A fox";

test("a good request is checked, and refusing one says what is missing", () => {
  assert.equal(rushes.check("text-to-video", { prompt }).ok, true);
  const refuses = (error) => error.kind === "unsupported" && /'wasm-unsafe-eval'/.test(error.message);
  assert.throws(() => rushes.check("text-to-video", {}), refuses);
});

for (const timeout of [undefined, 5000, null]) {
  test(`nothing is sent, with a time-out of ${timeout}`, async () => {
    const script = scripted(json({ task_id: "t-1" }));
    const { textToVideo, imageToVideo } = client(script, { timeout });
    const creates = [
      textToVideo.create({ prompt }),
      textToVideo.create({ prompt }, { timeout: 1000 }),
      imageToVideo.create({ prompt, image: "https://example.com/a.png" }, { timeout }),
      imageToVideo.create({ prompt, image: new Blob([png(640, 480)]) }, { timeout }),
    ];
    for (const create of creates) assert.equal((await rejection(create)).kind, "unsupported");
    assert.equal(script.calls.length, 0);
  });
}
