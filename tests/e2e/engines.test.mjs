// The main job in the other engines: a prompt and a picture become videos that are kept, and are there after a reload.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ENGINES, chooseImage, inPage, press, seen, write } from "./support/engines.mjs";
import { suite } from "./support/suite.mjs";

const at = suite();

/** Whether the engine knows what the videos are made with: a system may not bring it. */
const canPlay = (page) =>
  page.evaluate(() => document.createElement("video").canPlayType('video/mp4; codecs="avc1.42E01F"') !== "");

/** Plays what is on the stage; its size and length. */
function played(page) {
  return inPage(page, async () => {
    const video = document.querySelector("#stage video");
    if (!video?.src) return false;
    video.muted = true;
    await video.play();
    return video.currentTime > 0.2 && { width: video.videoWidth, height: video.videoHeight, seconds: video.duration };
  });
}

const saved = (page, count) =>
  inPage(page, (count) =>
    [...document.querySelectorAll(".cell .lamp")].filter(({ textContent }) => textContent.trim() === "Saved").length === count,
  count);

for (const [name, start] of Object.entries(ENGINES)) {
  test(`a prompt and a picture become videos in ${name}, and are there after a reload`, async (t) => {
    const browser = await start();
    t.after(() => browser.close());
    const page = await (await browser.createBrowserContext()).newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(at.origin);

    await write(page, "Prompt", "A red fox leaps onto a mossy log at dawn");
    await write(page, "Length", "3");
    await press(page, "Generate");
    await saved(page, 1);
    const plays = await canPlay(page);
    if (!plays) t.diagnostic(`this ${name} has no H.264: what was made is kept, and not played`);
    if (plays) assert.deepEqual(await played(page), { width: 1280, height: 720, seconds: 3 });

    await chooseImage(page, 900, 600);
    await inPage(page, () => /900 × 600/.test(document.body.innerText));
    await write(page, "Prompt", "Pan right along the stripes");
    await press(page, "Generate");
    await saved(page, 2);

    await page.goto(at.origin);
    await saved(page, 2);
    assert.doesNotMatch(await seen(page), /storage is full|keeps nothing/);
    await page.evaluate(() => document.querySelector(".cell").click());
    if (plays) {
      assert.deepEqual(await played(page), { width: 1080, height: 720, seconds: 3 });
      // Small pictures are kept, too.
      await inPage(page, () => [...document.querySelectorAll(".cell img")].filter((image) => image.naturalWidth > 0).length === 2);
    }
    assert.deepEqual(errors, []);
  });
}
