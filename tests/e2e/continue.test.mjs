// The last frame of a take begins the next; the chain plays as one and is saved as one file.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { probe } from "./support/media.mjs";
import { RENDER_PATIENCE, generateButton, saved, send, waitUntilKept } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { eventually } from "./support/wait.mjs";

const at = suite();

/** A hash of the pixels of the stage's video where it ends, and of the start image. */
function pixels(page) {
  return page.evaluate(async () => {
    const hash = async (source, width, height) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      context.drawImage(source, 0, 0, width, height);
      const digest = await crypto.subtle.digest("SHA-256", context.getImageData(0, 0, width, height).data);
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    const video = document.querySelector("#stage video");
    const sought = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
    video.currentTime = video.duration;
    await sought;
    const last = await hash(video, video.videoWidth, video.videoHeight);
    const image = document.querySelector('[data-slot="start"] img');
    await image.decode();
    return { last, start: await hash(image, image.naturalWidth, image.naturalHeight) };
  });
}

test("a chain of takes begins where the last one ended, and becomes one film", async () => {
  const { page, context, complaints } = await at.open();
  await send(page, "A fox leaps");
  await waitUntilKept(page);
  await page.locator("#stage").getByRole("button", { name: "Use last frame" }).click();
  await page.getByText("The last frame is now the start image.").first().waitFor();
  await page.locator('[data-slot="start"] img').waitFor();
  let seen;
  await eventually(async () => {
    seen = await pixels(page);
    assert.equal(seen.start, seen.last);
  });
  // Any other frame begins the next one as well.
  await page.locator("#stage video").evaluate((video) => new Promise((resolve) => {
    video.addEventListener("seeked", resolve, { once: true });
    video.currentTime = 1;
  }));
  await page.locator("#stage").getByRole("button", { name: "Use this frame", exact: true }).click();
  await page.getByText("The frame shown is now the start image.").first().waitFor();
  await eventually(async () => assert.notEqual((await pixels(page)).start, seen.last));

  await generateButton(page).click();
  await page.locator("#stage").getByRole("button", { name: "Sequence of 2 takes…" }).waitFor({ timeout: RENDER_PATIENCE });
  await page.reload();
  await page.locator("#stage").getByRole("button", { name: "Sequence of 2 takes…" }).click();
  const dialog = page.getByRole("dialog", { name: "Sequence" });
  await dialog.getByRole("button", { name: "Save as one MP4" }).waitFor();
  assert.deepEqual(await audit(page), []);
  const seconds = await dialog.locator("video").evaluate(async (video) => {
    video.muted = true;
    if (video.readyState < 1) await new Promise((resolve) => video.addEventListener("loadedmetadata", resolve, { once: true }));
    video.currentTime = 2.8;
    await video.play();
    // Past the cut.
    await new Promise((resolve, reject) => {
      video.addEventListener("error", () => reject(new Error(video.error?.message)));
      video.addEventListener("timeupdate", () => { if (video.currentTime > 3.3) resolve(); });
    });
    video.pause();
    return video.duration;
  });
  assert.ok(Math.abs(seconds - 6) < 0.01, `${seconds} s`);
  const file = await saved(page, dialog.getByRole("button", { name: "Save as one MP4" }));
  const whole = await probe(await file.path());
  assert.ok(Math.abs(whole.seconds - 6) < 0.01, `${whole.seconds} s`);
  assert.equal(whole.video.nb_read_packets, "144");
  assert.deepEqual(complaints, []);
  await context.close();
});
