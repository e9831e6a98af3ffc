// The player: frames, shuttle, loop, speed, keys of one's own; and several takes compared to the frame.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { audit, auditWhole } from "./support/browser.mjs";
import { DESK, SIZES, lookAtAll, picture } from "./support/look.mjs";
import { makeVideo } from "./support/media.mjs";
import { record, seed, seedVideos } from "./support/records.mjs";
import { promptField, promptIs, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, matches } from "./support/wait.mjs";

const FRAME = 1 / 24;
const at = suite({
  folder: true,
  video: async ({ folder }) => readFile(await makeVideo(join(folder, "one.mp4"), 4)),
  longer: async ({ folder }) => readFile(await makeVideo(join(folder, "two.mp4"), 6)),
});

function withShots(number) {
  const made = record(number);
  made.settings.sound = true;
  if (number === 1) {
    made.settings.endpoint = "image-to-video";
    made.settings.aspect_ratio = null;
    made.settings.image = { url: "https://example.com/start.png" };
    made.settings.shots = [{ prompt: "One", duration_secs: 3 }, { prompt: "Two", duration_secs: 3 }];
    made.settings.duration_secs = 6;
  }
  return made;
}

async function openPlayer({ width, height } = DESK, more = {}) {
  const context = await at.browser.newContext({ viewport: { width, height }, colorScheme: "dark", reducedMotion: "reduce", ...more });
  const records = [withShots(0), withShots(1)];
  await seed(context, at.origin, records);
  await seedVideos(context, at.origin, { [records[0].id]: at.video, [records[1].id]: at.longer });
  const studio = await at.open({ context });
  const { page } = studio;
  if (width < 700) await page.getByRole("link", { name: "Stage" }).click();
  const player = page.getByRole("group", { name: /^Player: / });
  await page.waitForFunction(() => document.querySelector("#stage video")?.readyState >= 2);
  return { ...studio, player };
}

const time = (page) => page.evaluate(() => document.querySelector("#stage video").currentTime);
const frame = async (page) => Math.floor(await time(page) / FRAME + 0.01);
const isPaused = (page) => page.evaluate(() => document.querySelector("#stage video").paused);
const goes = (page) => page.waitForFunction(() => !document.querySelector("#stage video").paused);
const stands = (page) => page.waitForFunction(() => {
  const video = document.querySelector("#stage video");
  return video.paused && !video.seeking;
});

test("it never starts by itself, and goes by frames", async () => {
  const { page, player, context, complaints } = await openPlayer();
  assert.equal(await isPaused(page), true);
  assert.equal(await time(page), 0);
  await player.focus();
  for (const [key, expected] of [[".", 1], [".", 2], [".", 3], [",", 2], [",", 1], [",", 0], [",", 0]]) {
    await page.keyboard.press(key);
    await becomes(() => frame(page), expected, key);
    await stands(page);
  }
  await player.getByRole("button", { name: "One frame on" }).click();
  await becomes(() => frame(page), 1);
  await becomes(() => player.locator(".timecode").textContent(), "0:00:01 / 0:06:00");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("J, K and L shuttle, Space plays, and keys are heard in the player alone", async () => {
  const { page, player, context } = await openPlayer();
  const rate = () => page.evaluate(() => document.querySelector("#stage video").playbackRate);
  await player.focus();
  await page.keyboard.press("l");
  await goes(page);
  await becomes(rate, 1);
  await page.keyboard.press("l");
  await becomes(rate, 2);
  await becomes(async () => await time(page) > 0, true);
  await page.keyboard.press("k");
  await stands(page);
  const from = await time(page);
  await page.keyboard.press("j");
  await page.waitForFunction((from) => document.querySelector("#stage video")?.currentTime < from, from);
  await page.keyboard.press("k");
  await page.keyboard.press("Space");
  await goes(page);
  await page.keyboard.press("Space");
  await stands(page);
  await writePrompt(page, "");
  await promptField(page).pressSequentially("jkl,.");
  await promptIs(page, "jkl,.");
  await page.getByRole("heading", { name: "Library" }).focus();
  await page.keyboard.press("l");
  assert.equal(await isPaused(page), true, "not in the player");
  await context.close();
});

test("keys can be changed and turned off, and stay so", async () => {
  const { page, player, context } = await openPlayer();
  await player.getByRole("button", { name: "Keys…" }).click();
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.getByLabel("One frame on").press("x");
  await becomes(() => dialog.getByLabel("One frame on").inputValue(), "X");
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press("Escape");
  await player.focus();
  await page.keyboard.press("x");
  await becomes(() => frame(page), 1);
  await page.reload();
  await page.waitForFunction(() => document.querySelector("#stage video")?.readyState >= 2);
  await player.focus();
  await page.keyboard.press("x");
  await becomes(() => frame(page), 1, "the new key is remembered");
  await page.keyboard.press(".");
  await page.waitForTimeout(200);
  assert.equal(await frame(page), 1, "the old one does nothing");
  await player.getByRole("button", { name: "Keys…" }).click();
  await dialog.getByRole("switch").uncheck({ force: true });
  await page.keyboard.press("Escape");
  await player.focus();
  await page.keyboard.press("x");
  await page.keyboard.press("l");
  assert.equal(await isPaused(page), true);
  assert.equal(await frame(page), 1);
  await context.close();
});

test("loop between marks, speed, shots on the ruler, volume, poster", async () => {
  const { page, player, context } = await openPlayer();
  await player.getByRole("button", { name: "Shot 2, from 0:03:00" }).click();
  await page.waitForFunction(() => Math.abs(document.querySelector("#stage video")?.currentTime - 3) < 0.05);
  await player.getByRole("button", { name: "Loop from here" }).click();
  for (let step = 0; step < 8; step += 1) await player.getByRole("button", { name: "One frame on" }).click();
  await player.getByRole("button", { name: "Loop up to here" }).click();
  await player.getByLabel("Speed").selectOption("2×");
  const turns = page.evaluate(() => new Promise((resolve) => {
    const video = document.querySelector("#stage video");
    let last = video.currentTime;
    let turns = 0;
    let most = 0;
    const look = () => {
      if (video.currentTime < last - 0.1) turns += 1;
      last = video.currentTime;
      most = Math.max(most, last);
      if (turns >= 2) resolve({ most, rate: video.playbackRate });
      else requestAnimationFrame(look);
    };
    look();
  }));
  await player.getByRole("button", { name: "Play", exact: true }).click();
  const { most, rate } = await turns;
  assert.equal(rate, 2);
  assert.ok(most < 4.5, `it turned at the mark, not at ${most}`);
  await player.getByRole("button", { name: "Pause" }).click();
  await player.getByRole("button", { name: "Mute" }).click();
  const sound = () => page.evaluate(() => { const { muted, volume } = document.querySelector("#stage video"); return { muted, volume }; });
  await becomes(async () => (await sound()).muted, true);
  await player.getByRole("slider", { name: "Volume" }).fill("0.5");
  await becomes(sound, { muted: false, volume: 0.5 });
  await player.getByRole("button", { name: "Use this frame as poster" }).click();
  await page.getByText("This frame is the poster now.").first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".cell-poster")].some((image) => image.naturalWidth === 320));
  await player.getByRole("button", { name: "Full screen" }).click();
  await page.waitForFunction(() => document.fullscreenElement?.classList.contains("player"));
  await page.keyboard.press("Escape");
  await context.close();
});

test("two takes are compared to the frame, side by side and with a wipe", async () => {
  const { page, context } = await openPlayer();
  await page.getByRole("button", { name: "Select all 2" }).click();
  await page.getByRole("toolbar").getByRole("button", { name: "Compare" }).click();
  const player = page.getByRole("group", { name: "Comparing 2 takes" });
  await page.waitForFunction(() => [...document.querySelectorAll(".compare video")].filter((video) => video.readyState >= 2).length === 2);
  await page.getByText(/There is no seed/).first().waitFor();
  assert.ok(await page.evaluate(() => [...document.querySelectorAll(".compare video")].every(({ paused, muted }) => paused && muted)));
  await player.getByRole("button", { name: "Play", exact: true }).click();
  const drifts = await page.evaluate(() => new Promise((resolve) => {
    const [one, other] = document.querySelectorAll(".compare video");
    const drifts = [];
    // One of them is thrown off on purpose, once.
    setTimeout(() => { one.currentTime += 0.2; }, 600);
    const look = () => {
      drifts.push({ at: one.currentTime, drift: one.currentTime - other.currentTime });
      if (one.currentTime > 3.2 || drifts.length > 1_000) resolve(drifts);
      else requestAnimationFrame(look);
    };
    look();
  }));
  const late = drifts.filter(({ at }) => at > 2.2 && at < 3.2).map(({ drift }) => Math.abs(drift)).sort((one, other) => one - other);
  const typical = late[Math.floor(late.length / 2)];
  console.log(`drift after it was thrown off: ${typical.toFixed(4)} s, ${late.length} looks`);
  assert.ok(typical <= FRAME, `${typical} s apart`);
  await player.getByRole("button", { name: "Pause" }).click();
  await page.waitForFunction((frame) => {
    const [one, other] = document.querySelectorAll(".compare video");
    return one.paused && other.paused && !one.seeking && !other.seeking && Math.abs(one.currentTime - other.currentTime) < frame;
  }, FRAME);
  await player.getByRole("button", { name: "One frame on" }).click();
  await player.getByLabel("Sound of").selectOption("B");
  await becomes(() => page.evaluate(() => [...document.querySelectorAll(".compare video")].map(({ muted }) => muted)), [true, false]);
  await lookAtAll(page, "compare-beside", [DESK]);
  await player.getByRole("radio", { name: "Wipe" }).check({ force: true });
  const wipe = player.getByRole("slider", { name: "Wipe position" });
  await wipe.focus();
  await page.keyboard.press("ArrowRight");
  await becomes(() => wipe.inputValue(), "51");
  const box = await player.locator(".compare-films").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await matches(() => wipe.inputValue(), /^2[456](\.|$)/);
  assert.deepEqual(await audit(page), [], "wipe");
  await picture(page, "compare-wipe");
  await page.getByRole("button", { name: "End comparison" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "stage-title");
  await context.close();
});

for (const [name, size] of Object.entries(SIZES)) {
  test(`the player is accessible and whole on a ${name}, in both themes`, async () => {
    const touch = size !== DESK;
    const { page, context } = await openPlayer(size, { hasTouch: touch, isMobile: touch });
    await lookAtAll(page, "player", [size], auditWhole);
    await context.close();
  });
}
