// Pictures that break a rule are made fit in the browser: what is sent is what core's rules take, the right way up, and
// says nothing of where it was taken.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { audit } from "./support/browser.mjs";
import { DESK, SIZES, lookAtAll } from "./support/look.mjs";
import { jpegSegment, makeJpeg, makePng, withGps } from "./support/media.mjs";
import { chooseStartImage, generateButton, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { eventually, matches } from "./support/wait.mjs";

const run = promisify(execFile);
const at = suite({ folder: true });

/** Sends the form; the bytes of the image on the wire. */
async function sentImage(page) {
  // Nothing needs to be drawn of it.
  await page.route("**/v3/async/kling*", (route) =>
    route.fulfill({ status: 400, json: { code: 400, reason: "INVALID_REQUEST_BODY", message: "seen" } }));
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await generateButton(page).click();
  const body = (await sent).postDataJSON();
  assert.match(body.image, /^data:image\/(png|jpeg);base64,/);
  return Buffer.from(body.image.slice(body.image.indexOf(",") + 1), "base64");
}

/** Width and height as ffprobe reads them. */
async function sides(bytes) {
  const path = join(at.folder, `sent-${Math.random()}.img`);
  await writeFile(path, bytes);
  const { stdout } = await run("ffprobe", ["-v", "error", "-show_entries", "stream=width,height,codec_name", "-of", "json", path]);
  const [{ width, height, codec_name: codec }] = JSON.parse(stdout).streams;
  return { width, height, codec };
}

async function open() {
  const studio = await at.open();
  await writePrompt(studio.page, "A slow push in");
  return studio;
}

async function convert(name, ...flags) {
  const path = join(at.folder, name);
  await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=1600x900", "-frames:v", "1", ...flags, path]);
  return path;
}

test("a place in a JPEG is not on the wire, and the picture itself is untouched", async () => {
  const { page, context, complaints } = await open();
  const plain = await readFile(await makeJpeg(join(at.folder, "plain.jpg"), 900, 600));
  await writeFile(join(at.folder, "gps.jpg"), withGps(plain));
  await chooseStartImage(page, join(at.folder, "gps.jpg"));
  await page.getByText(/location removed/).waitFor();
  assert.deepEqual(complaints, []);
  const sent = await sentImage(page);
  assert.equal(sent.includes("GPS-CANARY"), false);
  assert.equal(sent.includes("Exif"), false);
  // Every segment that draws the picture is the same.
  const scan = plain.subarray(plain.indexOf(Buffer.from([0xff, 0xda])));
  assert.equal(sent.includes(scan), true);
  await context.close();
});

test("a place in a PNG is not on the wire", async () => {
  const { page, context } = await open();
  const path = await makePng(join(at.folder, "gps.png"), 640, 480, 0, [["eXIf", Buffer.from(gpsTiff())], ["tEXt", Buffer.from("Comment\0GPS-CANARY")]]);
  await chooseStartImage(page, path);
  await page.getByText(/location removed/).waitFor();
  const sent = await sentImage(page);
  assert.equal(sent.includes("GPS-CANARY"), false);
  assert.equal(sent.includes("eXIf"), false);
  assert.deepEqual(await sides(sent), { width: 640, height: 480, codec: "png" });
  await context.close();
});

function gpsTiff() {
  return [...Buffer.from("MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0GPS-CANARY", "latin1")];
}

for (const { name, make, becomes } of [
  { name: "a WebP", make: () => convert("a.webp"), becomes: { width: 1600, height: 900, codec: "mjpeg" } },
  { name: "an AVIF", make: () => convert("a.avif", "-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8"), becomes: { width: 1600, height: 900, codec: "mjpeg" } },
  { name: "a picture of 4 : 1", make: () => makeJpeg(join(at.folder, "wide.jpg"), 2000, 500), becomes: { width: 1250, height: 500, codec: "mjpeg" } },
  { name: "a picture of 200 × 150", make: () => makePng(join(at.folder, "small.png"), 200, 150, 0), becomes: { width: 400, height: 300, codec: "png" } },
  { name: "a PNG of 12 MB", make: () => makePng(join(at.folder, "big.png"), 800, 600, 12_000_000), becomes: { width: 800, height: 600, codec: "png" } },
]) {
  test(`${name} is fixed, before and after are told, and it can be undone`, async () => {
    const { page, context, complaints } = await open();
    await chooseStartImage(page, await make());
    await page.getByRole("button", { name: "Fix it…" }).click();
    const dialog = page.getByRole("dialog", { name: "Fix the picture" });
    const use = dialog.getByRole("button", { name: "Use this" });
    await dialog.locator("table").getByText(`${becomes.width.toLocaleString("en")} × ${becomes.height}`).last().waitFor();
    await dialog.locator('button[aria-disabled="false"]', { hasText: "Use this" }).waitFor();
    assert.deepEqual(await audit(page), []);
    await use.click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText(/Picture fixed:/).first().waitFor();
    await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Fix it…" }).click();
    await dialog.locator('button[aria-disabled="false"]', { hasText: "Use this" }).waitFor();
    await use.click();
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(complaints, []);
    assert.deepEqual(await sides(await sentImage(page)), becomes);
    await context.close();
  });
}

test("a picture that was held sideways is written upright", async () => {
  const { page, context } = await open();
  const plain = await readFile(await makeJpeg(join(at.folder, "side.jpg"), 900, 600));
  await writeFile(join(at.folder, "turned.jpg"), Buffer.concat([plain.subarray(0, 2), orientationSegment(6), plain.subarray(2)]));
  await chooseStartImage(page, join(at.folder, "turned.jpg"));
  await page.getByText("600 × 900").waitFor();
  await page.getByRole("button", { name: "Crop…" }).click();
  const dialog = page.getByRole("dialog", { name: "Fix the picture" });
  await dialog.getByText("turned upright").waitFor();
  await dialog.locator('button[aria-disabled="false"]', { hasText: "Use this" }).waitFor();
  await dialog.getByRole("button", { name: "Use this" }).click();
  await page.getByText(/Picture fixed:/).first().waitFor();
  assert.deepEqual(await sides(await sentImage(page)), { width: 600, height: 900, codec: "mjpeg" });
  await context.close();
});

function orientationSegment(orientation) {
  return jpegSegment(0xe1, Buffer.from(`Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`, "latin1"));
}

test("the crop is set by pointer, by keys and by typed numbers", async () => {
  const { page, context } = await open();
  await chooseStartImage(page, await makeJpeg(join(at.folder, "crop.jpg"), 1000, 800));
  await page.getByRole("button", { name: "Crop…" }).click();
  const dialog = page.getByRole("dialog", { name: "Fix the picture" });
  const frame = dialog.getByRole("application");
  const name = () => frame.getAttribute("aria-label");
  await matches(name, /1000 × 800 pixels, 0 from the left, 0 from the top/);
  // Typed.
  await dialog.getByLabel("Width").fill("600");
  await dialog.getByLabel("Width").press("Tab");
  await dialog.getByLabel("Height").fill("400");
  await dialog.getByLabel("Height").press("Tab");
  await matches(name, /600 × 400/);
  // By keys: ten pixels a press, and a tenth of that with Alt.
  await frame.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Shift+ArrowLeft");
  await matches(name, /590 × 400 pixels, 10 from the left, 1 from the top/);
  // By pointer.
  const box = await frame.boundingBox();
  const scale = box.width / 590;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 100 * scale, box.y + box.height / 2 + 50 * scale, { steps: 4 });
  await page.mouse.up();
  await eventually(async () => {
    const [, left, top] = /, (\d+) from the left, (\d+) from the top/.exec(await name()).map(Number);
    assert.ok(Math.abs(left - 110) <= 2 && Math.abs(top - 51) <= 2, `${left} ${top}`);
  });
  // A shape holds.
  await dialog.getByRole("radio", { name: "1:1" }).check();
  await matches(name, /800 × 800/);
  await dialog.getByLabel("Long side at most").fill("320");
  await dialog.getByLabel("Long side at most").press("Tab");
  await dialog.locator("table").getByText("320 × 320").waitFor();
  await dialog.locator('button[aria-disabled="false"]', { hasText: "Use this" }).waitFor();
  await dialog.getByRole("button", { name: "Use this" }).click();
  await page.getByText(/Picture fixed:/).first().waitFor();
  assert.deepEqual(await sides(await sentImage(page)), { width: 320, height: 320, codec: "mjpeg" });
  await context.close();
});

test("the room where pictures are fixed, in both themes and all sizes", async () => {
  const { page, context } = await open();
  await chooseStartImage(page, await makeJpeg(join(at.folder, "wide.jpg"), 1600, 500));
  await page.getByRole("button", { name: "Fix it…" }).click();
  await page.getByRole("dialog", { name: "Fix the picture" })
    .locator('button[aria-disabled="false"]', { hasText: "Use this" }).waitFor();
  await lookAtAll(page, "fix-the-picture", Object.values(SIZES));
  await context.close();
});

test("the camera gives a start image, and says so when it may not", async () => {
  const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  const denied = await at.open({ context });
  await denied.page.getByRole("button", { name: "Camera" }).click();
  await denied.page.getByRole("dialog").getByText(/may not use the camera|No camera was found|did not start/).waitFor();
  await denied.page.keyboard.press("Escape");
  await denied.page.close();
  await context.close();

  const allowed = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce", permissions: ["camera"] });
  const { page, complaints } = await at.open({ context: allowed });
  await page.evaluate(() => {
    // A camera made of a canvas: this machine has none.
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 640;
      canvas.height = 480;
      const context = canvas.getContext("2d");
      setInterval(() => { context.fillStyle = "#3a7"; context.fillRect(0, 0, 640, 480); }, 30);
      const stream = canvas.captureStream(30);
      globalThis.cameraTrack = stream.getTracks()[0];
      return stream;
    };
  });
  await writePrompt(page, "A slow push in");
  await page.getByRole("button", { name: "Camera" }).click();
  await page.locator('button[aria-disabled="false"]', { hasText: "Take the picture" }).waitFor();
  assert.deepEqual(await audit(page), []);
  await page.waitForFunction(() => document.querySelector(".camera-view")?.videoWidth > 0);
  await page.getByRole("button", { name: "Take the picture" }).click();
  await page.getByText("camera.jpg").first().waitFor();
  await page.waitForFunction(() => globalThis.cameraTrack.readyState === "ended");
  assert.deepEqual(complaints, []);
  assert.deepEqual(await sides(await sentImage(page)), { width: 640, height: 480, codec: "mjpeg" });
  await allowed.close();
});
