// Images the API would refuse after the upload: the page says so before, and sends nothing.

import assert from "node:assert/strict";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { makeGif, makeJpeg, makeNoise, makePng } from "./support/media.mjs";
import { chooseStartImage, insistOnGenerate, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const at = suite({ folder: true });

const MB = 1_000_000;
const cases = [
  {
    name: "10 MB of random bytes",
    make: (path) => makeNoise(path, 10 * MB),
    file: "noise.jpg",
    says: /not a PNG or JPEG|PNG and JPEG|PNG or JPEG/i,
  },
  {
    name: "a 9.9 MB PNG of 299 × 300",
    make: (path) => makePng(path, 299, 300, 9.9 * MB),
    file: "small.png",
    says: /299/,
  },
  {
    name: "a truncated JPEG",
    make: async (path) => {
      await makeJpeg(path, 800, 600);
      await truncate(path, 100);
      return path;
    },
    file: "cut.jpg",
    says: /damaged|cut|unreadable|could not be read|cannot be read/i,
  },
  {
    name: "a GIF named .png",
    make: (path) => makeGif(path, 640, 480),
    file: "really-a-gif.png",
    says: /GIF/,
  },
];

for (const { name, make, file, says } of cases) {
  test(`${name} is explained and not sent`, async () => {
    const path = await make(join(at.folder, file));
    const { page, context, complaints, posts } = await at.open();
    await writePrompt(page, "A slow push in");
    await chooseStartImage(page, path);
    await page.getByText(says).first().waitFor();
    await page.getByText(/thing(s)? to fix/).first().waitFor();
    await insistOnGenerate(page);
    await page.waitForTimeout(300);
    assert.equal(posts.length, 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
