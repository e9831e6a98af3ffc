// What leaves the browser in one file, and comes back: zips of many takes, the archive of everything, request files.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { fits, picture } from "./support/look.mjs";
import { makeVideo, probe } from "./support/media.mjs";
import { onDisk, record, seed, seedVideos } from "./support/records.mjs";
import { chooseStartImage, promptField, promptIs, saved, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, eventually } from "./support/wait.mjs";
import { unzip, zip } from "./support/zip.mjs";

const at = suite({
  folder: true,
  video: async ({ folder }) => readFile(await makeVideo(join(folder, "one.mp4"), 2)),
});

/** A page with that many takes; those of even number have their videos, the others have lost them. */
async function openWith(count, { width = 1440, height = 1000, scheme = "dark" } = {}) {
  const context = await at.browser.newContext({
    viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", acceptDownloads: true,
  });
  const records = Array.from({ length: count }, (_, number) => {
    const made = record(number);
    made.settings.prompt = "A fox leaps: a mossy log";
    made.state.kept.file.bytes = at.video.length;
    return number % 2 === 0 ? made : { ...made, state: { expired: { task: `task-${number}`, cause: "copy" } } };
  });
  await seed(context, at.origin, records);
  await seedVideos(context, at.origin, Object.fromEntries(records.filter((_, number) => number % 2 === 0).map(({ id }) => [id, at.video])));
  const studio = await at.open({ context });
  await studio.page.locator(".cell").first().waitFor({ state: "attached" });
  return studio;
}

let files = 0;

/** What a press saves: its name, and where it lies for as long as the tests run. */
const keep = async (page, button) => {
  const file = await saved(page, button);
  files += 1;
  const path = join(at.folder, `saved-${files}`);
  await file.saveAs(path);
  return { name: file.suggestedFilename(), path };
};

test("many takes are saved as one zip: each video with its request, what is not kept is named", async () => {
  const { page, context, complaints, posts } = await openWith(6);
  await page.getByRole("button", { name: /^(Choose|Select) all/ }).click();
  const bar = page.getByRole("toolbar");
  const file = await keep(page, bar.getByRole("button", { name: "Download" }));
  assert.match(file.name, /^takes-\d{4}-\d\d-\d\d\.zip$/);
  const dialog = page.getByRole("dialog", { name: "Download as one zip" });
  await dialog.getByText(/^3 videos are in takes-/).waitFor();
  await dialog.getByText("3 takes are left out, because no copy is in this browser:").waitFor();
  await becomes(() => dialog.getByRole("listitem").count(), 3);
  const entries = await unzip(file.path);
  assert.deepEqual(entries.map(({ name }) => name), ["a-fox-leaps-a-mossy-log.mp4", "a-fox-leaps-a-mossy-log-2.mp4", "a-fox-leaps-a-mossy-log-3.mp4"]);
  for (const { bytes, method } of entries) {
    assert.equal(method, 0);
    const path = join(at.folder, "out.mp4");
    await writeFile(path, bytes);
    const seen = await probe(path);
    assert.equal(JSON.parse(seen.tags.request).request.prompt, "A fox leaps: a mossy log");
    assert.ok(Math.abs(seen.seconds - 2) < 0.2);
  }
  assert.deepEqual(await audit(page), []);
  await picture(page, "archive-zip");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(posts.length, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a zip is stopped, and where nothing is kept there is none", async () => {
  const { page, context, complaints } = await openWith(40);
  // Reading waits, so that there is time to press.
  await page.evaluate(() => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return read.call(this);
    };
  });
  let downloads = 0;
  page.on("download", () => { downloads += 1; });
  await page.getByRole("button", { name: /^(Choose|Select) all/ }).click();
  await page.getByRole("toolbar").getByRole("button", { name: "Download" }).click();
  const dialog = page.getByRole("dialog", { name: "Download as one zip" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.getByText("Stopped. No file was made.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(downloads, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

/** The archive's dialog, out of the settings. */
async function openArchive(page) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Export or import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Archive" });
  await dialog.waitFor();
  return dialog;
}

async function exported(page) {
  const dialog = await openArchive(page);
  const file = await keep(page, dialog.getByRole("button", { name: "Save the archive" }));
  await dialog.getByText(/ in rushes-.*\.zip/).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  return file;
}

/** Drops a file on the page, beside everything that takes files. */
async function drop(page, name, type, bytes) {
  const transfer = await page.evaluateHandle(([name, type, text]) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
    return transfer;
  }, [name, type, Buffer.from(bytes).toString("base64")]);
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
}

const own = {
  "rushes.theme": "dark",
  "rushes.snippets": "7-0\tMist\tin a slow mist, 雾\\nsecond line\n",
  "rushes.spent": "gone-1\t\tbilled 1760000000000 420000\ngone-2\t\tunknown 1760000100000 840000\n",
  "rushes.drafts": "8-0\tHarbour\trushes-form 1\\nprompt A harbour at dusk\\nnegative \\nseconds 5\\nguidance 0.5\\nratio 16:9\\nsound no\\nplan one\\nstart-url https://me.example/a.png?X-Amz-Signature=secret\n",
};

test("everything goes out in one file and comes back byte for byte, into an empty browser", async () => {
  const first = await openWith(5);
  await first.page.evaluate((own) => { for (const [key, text] of Object.entries(own)) localStorage.setItem(key, text); }, own);
  await first.page.reload();
  await first.page.locator(".cell").first().waitFor();
  const one = await exported(first.page);
  assert.match(one.name, /^rushes-\d{4}-\d\d-\d\d\.zip$/);
  const entries = await unzip(one.path);
  const names = entries.map(({ name }) => name);
  for (const name of ["manifest.json", "settings.json", "drafts.json", "snippets.json", "spent.json", "takes/take-00000/record.json", "takes/take-00000/video.mp4", "takes/take-00001/record.json"]) {
    assert.ok(names.includes(name), name);
  }
  assert.equal(names.includes("takes/take-00001/video.mp4"), false);
  assert.deepEqual(JSON.parse(entries[0].bytes), { format: "rushes-archive", version: 1, takes: 5, has_videos: true });
  assert.ok(entries.find(({ name }) => name === "takes/take-00000/video.mp4").bytes.equals(at.video));
  assert.equal((await readFile(one.path)).includes("Signature"), false, "an address that was signed for somebody is in it");
  assert.deepEqual(first.complaints, []);
  await first.context.close();

  // Another browser, with nothing in it.
  const { page, context, complaints, posts } = await at.open();
  await drop(page, one.name, "application/zip", await readFile(one.path));
  const dialog = page.getByRole("dialog", { name: "Archive" });
  await dialog.getByText("It adds 5 takes, brings 0 up to date, and leaves 0 as they are.").waitFor();
  const table = async () => (await dialog.getByRole("row").allInnerTexts()).map((row) => row.split(/\s*\t\s*/));
  await becomes(table, [
    ["", "Here now", "In the archive", "Here afterwards"],
    ["Takes", "0", "5", "5"], ["Drafts", "0", "1", "1"], ["Words of your own", "0", "1", "1"],
    ["Costs of deleted takes", "0", "2", "2"],
  ]);
  assert.deepEqual(await audit(page), []);
  await picture(page, "archive-plan");
  await dialog.getByRole("checkbox", { name: /settings/ }).check();
  await dialog.getByRole("button", { name: "Import" }).click();
  await dialog.getByText(/^5 takes added, 0 brought up to date, 0 left as they are/).waitFor();
  await picture(page, "archive-imported");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.locator(".cell").first().waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("rushes.theme")), "dark");
  assert.equal(await page.evaluate(() => localStorage.getItem("rushes.spent")), own["rushes.spent"]);
  const two = await exported(page);
  assert.ok((await readFile(two.path)).equals(await readFile(one.path)), "the second archive is another one");

  // Once more: nothing is new, nothing is doubled; what is newer here stays.
  await page.locator(".cell").first().click();
  await page.getByRole("button", { name: "Star", exact: true }).first().click();
  await drop(page, one.name, "application/zip", await readFile(one.path));
  await dialog.getByText("It adds 0 takes, brings 0 up to date, and leaves 5 as they are.").waitFor();
  await dialog.getByRole("button", { name: "Import" }).click();
  await dialog.getByText(/^0 takes added, 0 brought up to date, 5 left as they are/).waitFor();
  await page.keyboard.press("Escape");
  await becomes(async () => (await onDisk(page, "takes", "take-00004")).filed?.is_starred, true);
  assert.equal(posts.length, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a hostile or damaged archive changes nothing, or leaves out what is wrong and names it", async () => {
  const maker = await openWith(3);
  const file = await exported(maker.page);
  await maker.context.close();
  const good = await unzip(file.path);
  const { page, context, complaints } = await at.open();
  const dialog = page.getByRole("dialog", { name: "Archive" });
  const refused = async (bytes, words) => {
    await drop(page, "some.zip", "application/zip", bytes);
    await dialog.getByText(words).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  };
  const packed = async (entries, how) => readFile(await zip(join(at.folder, "hostile.zip"), entries, how));
  const json = (value) => Buffer.from(JSON.stringify(value));
  const bytes = await readFile(file.path);
  await refused(Buffer.from("no zip at all"), /damaged or cut off/);
  await refused(bytes.subarray(0, bytes.length - 40), /damaged or cut off/);
  await refused(await packed([{ name: "a.txt", bytes: "x" }]), /no archive of this page/);
  await refused(await packed([{ name: "manifest.json", bytes: json({ format: "rushes-archive", version: 2, takes: 0 }) }]), /newer version of this page/);
  await refused(await packed([{ name: "manifest.json", bytes: "[".repeat(10_000) }]), /damaged or cut off/);
  await refused(await packed(good, "deflate"), /no archive of this page/);

  const record = JSON.parse(good.find(({ name }) => name === "takes/take-00000/record.json").bytes);
  const evil = (id, more) => ({ name: `takes/${id}/record.json`, bytes: json({ ...record, id, ...more }) });
  const made = await packed([
    ...good.filter(({ name }) => name !== "spent.json"),
    { name: "spent.json", bytes: json([{ id: "../x", name: "", text: "billed 1 1" }, { id: "odd", name: "", text: "billed much" }, { id: "gone", name: "", text: "billed 1760000000000 420000" }, 7]) },
    { name: "../../evil.js", bytes: "alert(1)" },
    { name: "takes/../x/record.json", bytes: "{}" },
    evil("newer", { schema: 99 }),
    evil("other-id", { id: "not-its-name" }),
    evil("script", { settings: { ...record.settings, image: { url: "javascript:alert(1)" } } }),
    { name: "takes/deep/record.json", bytes: "[".repeat(5_000) + "]".repeat(5_000) },
    evil("no-video", { settings: { ...record.settings, prompt: "<img src=x onerror=alert(1)>" } }),
    { name: "takes/no-video/video.mp4", bytes: "<script>alert(1)</script>" },
  ]);
  // A byte of the first video is another one.
  const place = made.indexOf("takes/take-00000/video.mp4") + 5_000;
  made[place] ^= 0xff;
  await drop(page, "some.zip", "application/zip", made);
  await dialog.getByText(/^It adds 4 takes/).waitFor();
  const named = async () => (await dialog.getByRole("listitem").allInnerTexts()).toSorted();
  await becomes(named, ["../../evil.js", "takes/../x/record.json", "takes/deep", "takes/newer", "takes/other-id", "takes/script"]);
  await dialog.getByRole("button", { name: "Import" }).click();
  await dialog.getByText(/^4 takes added/).waitFor();
  await eventually(async () => {
    const left = await named();
    assert.ok(left.includes("takes/take-00000/video.mp4") && left.includes("takes/no-video/video.mp4"), left.join());
  });
  await picture(page, "archive-left-out");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => localStorage.getItem("rushes.spent")), "gone\t\tbilled 1760000000000 420000\n");
  assert.deepEqual(Object.keys((await onDisk(page, "takes", "take-00000")).state), ["expired"]);
  assert.deepEqual(Object.keys((await onDisk(page, "takes", "take-00002")).state), ["kept"]);
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a request is saved as a file and opened again, dropped or chosen", async () => {
  const { page, context, complaints, posts } = await at.open();
  await writePrompt(page, "A fox leaps a mossy log — 狐狸");
  const file = await keep(page, page.getByRole("button", { name: "Save the request as a file" }));
  assert.equal(file.name, "request.json");
  const value = JSON.parse(await readFile(file.path));
  assert.equal(value.format, "rushes-request");
  assert.equal(value.version, 1);
  await writePrompt(page, "Something else");
  await drop(page, "mine.json", "application/json", await readFile(file.path));
  await page.getByText("The form holds the request of mine.json. Nothing was sent.").first().waitFor();
  await promptIs(page, "A fox leaps a mossy log — 狐狸");
  await writePrompt(page, "Something else");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a file" }).click()]);
  await chooser.setFiles({ name: "again.json", mimeType: "application/json", buffer: await readFile(file.path) });
  await page.getByText("The form holds the request of again.json. Nothing was sent.").first().waitFor();
  await promptIs(page, "A fox leaps a mossy log — 狐狸");
  for (const [name, text, words] of [
    ["newer.json", JSON.stringify({ ...value, version: 2 }), "newer.json was written by a newer version"],
    ["other.json", "{}", "other.json holds no request that can be read."],
    ["deep.json", "[".repeat(100_000), "deep.json holds no request that can be read."],
  ]) {
    await drop(page, name, "application/json", Buffer.from(text));
    await page.getByText(words).first().waitFor();
    assert.equal(await promptField(page).inputValue(), "A fox leaps a mossy log — 狐狸");
  }
  assert.equal(posts.length, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const [slot, label] of [["start", "start"], ["end", "end"]]) {
  test(`a frame of a take becomes the ${label} image, the last one or any`, async () => {
    const { page, context, complaints } = await openWith(3);
    if (slot === "end") {
      await writeFile(join(at.folder, "start.png"), Buffer.from(await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(640, 360);
        canvas.getContext("2d").fillRect(0, 0, 640, 360);
        return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
      })));
      await chooseStartImage(page, join(at.folder, "start.png"));
      await page.locator('[data-slot="start"] img.thumbnail').waitFor();
    }
    const well = page.locator(`[data-slot="${slot}"]`);
    await well.getByRole("button", { name: "From a take" }).click();
    const dialog = page.getByRole("dialog", { name: "A frame of a take" });
    await dialog.getByRole("button", { name: /fox leaps/ }).first().click();
    const slider = dialog.getByRole("slider");
    await page.waitForFunction(() => Number(document.querySelector("dialog[open] input[type=range]")?.max) > 1.5);
    const time = () => dialog.locator("video").evaluate((video) => video.currentTime);
    await becomes(async () => await time() > 1.9, true, "the last frame is shown first");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.querySelector("dialog[open] video")?.currentTime < 0.1);
    assert.deepEqual(await audit(page), []);
    await picture(page, `archive-frame-${slot}`);
    await dialog.getByRole("button", { name: "Use this frame" }).click();
    await dialog.waitFor({ state: "hidden" });
    await well.getByText("frame.png", { exact: true }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a video is shared by the system where it shares files", async () => {
  const { page, context, complaints } = await openWith(1);
  await page.locator("#stage").getByRole("button", { name: "Download" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Share file" }).count(), 0);
  await page.addInitScript(() => {
    globalThis.shared = [];
    navigator.canShare = ({ files }) => files?.every(({ type }) => type === "video/mp4") ?? false;
    navigator.share = async ({ files }) => { globalThis.shared.push(...files.map(({ name, type, size }) => ({ name, type, size }))); };
  });
  await page.reload();
  await page.getByRole("button", { name: "Share file" }).click();
  await page.waitForFunction(() => globalThis.shared.length === 1);
  const [file] = await page.evaluate(() => globalThis.shared);
  assert.equal(file.name, "a-fox-leaps-a-mossy-log.mp4");
  assert.equal(file.type, "video/mp4");
  assert.ok(file.size > at.video.length, "its request is in it");
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const [width, scheme] of [[390, "light"], [320, "dark"]]) {
  test(`the dialogs fit a phone ${width} wide, in ${scheme}`, async () => {
    const { page, context, complaints } = await openWith(3, { width, height: 800, scheme });
    await openArchive(page);
    await picture(page, `archive-phone-${width}`);
    await fits(page);
    assert.deepEqual(await audit(page), []);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.locator('[data-slot="start"]').getByRole("button", { name: "From a take" }).click();
    await page.getByRole("dialog", { name: "A frame of a take" }).getByRole("button", { name: /fox leaps/ }).first().waitFor();
    await picture(page, `archive-pick-${width}`);
    await fits(page);
    assert.deepEqual(await audit(page), []);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
