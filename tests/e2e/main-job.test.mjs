// The main job: compose, send, watch, play, download.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { isFastStart, makeJpeg, probe } from "./support/media.mjs";
import {
  chooseStartImage, download, generateButton, playForAMoment, setSeconds, waitUntilKept, writePrompt,
} from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const at = suite({ folder: true });

test("a prompt becomes a video of 5 s, wide and silent", async () => {
  const { page, context, complaints, posts } = await at.open();
  await writePrompt(page, "A red fox leaps onto a mossy log at dawn. Slow push in.");
  await generateButton(page).click();
  await waitUntilKept(page);

  assert.deepEqual(await playForAMoment(page), { width: 1280, height: 720, seconds: 5 });
  const file = await download(page);
  const seen = await probe(file.path);
  assert.match(file.name, /\.mp4$/);
  assert.match(seen.container, /mp4/);
  assert.ok(isFastStart(file.bytes), "the index stands first");
  assert.equal(seen.seconds, 5);
  assert.deepEqual(
    [seen.video.codec_name, seen.video.width, seen.video.height, seen.video.r_frame_rate, seen.video.nb_read_packets],
    ["h264", 1280, 720, "24/1", "120"],
  );
  assert.equal(seen.audio, undefined);
  assert.ok(seen.bytes > 20_000, `a real picture: ${seen.bytes} bytes`);
  assert.equal(posts.length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a tall video of 3 s with sound has an audio track of its length", async () => {
  const { page, context, complaints } = await at.open();
  await writePrompt(page, "雨夜的城市，镜头缓缓上摇");
  await setSeconds(page, 3);
  await page.getByRole("radio", { name: "Tall 9:16" }).check();
  await page.getByRole("switch", { name: /^Sound/ }).click();
  await generateButton(page).click();
  await waitUntilKept(page);

  const seen = await probe((await download(page)).path);
  assert.deepEqual([seen.video.width, seen.video.height], [720, 1280]);
  assert.equal(seen.audio.codec_type, "audio");
  assert.ok(Math.abs(Number(seen.audio.duration) - 3) < 0.1, `sound lasts ${seen.audio.duration} s`);
  assert.ok(Math.abs(seen.seconds - 3) < 0.1, `the file lasts ${seen.seconds} s`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a JPEG and three shots become a video of 9 s in the image's own shape", async () => {
  const photo = await makeJpeg(join(at.folder, "harbour.jpg"), 1500, 1000);
  const { page, context, complaints, posts } = await at.open();
  await chooseStartImage(page, photo);
  await writePrompt(page, "A quiet harbour at dusk");
  await page.getByRole("radio", { name: "Shots" }).check();
  const words = ["Push in over the water", "Pan right along the quay", "Tilt up to the sky"];
  for (const [index, text] of words.entries()) {
    const shot = page.getByRole("textbox", { name: `Shot ${index + 1}`, exact: true });
    if (!(await shot.isVisible())) await page.getByRole("button", { name: "Add a shot" }).click();
    await shot.fill(text);
    const seconds = page.getByRole("textbox", { name: `Seconds of shot ${index + 1}` });
    await seconds.fill("3");
    await seconds.blur();
  }
  await generateButton(page).click();
  await waitUntilKept(page);

  const sent = posts[0].postDataJSON();
  assert.equal(posts.length, 1);
  assert.match(new URL(posts[0].url()).pathname, /kling-v3\.0-std-i2v$/);
  assert.equal(sent.duration, 9);
  assert.deepEqual(sent.multi_prompt.map((shot) => shot.prompt), words);
  assert.deepEqual(await playForAMoment(page), { width: 1080, height: 720, seconds: 9 });
  const seen = await probe((await download(page)).path);
  assert.deepEqual([seen.video.width, seen.video.height, seen.video.nb_read_packets], [1080, 720, "216"]);
  assert.equal(seen.seconds, 9);
  assert.deepEqual(complaints, []);
  await context.close();
});
