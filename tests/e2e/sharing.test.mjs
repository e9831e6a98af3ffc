// A request travels in the saved file and in a link, and comes back; nothing is sent by that, and nothing is lost.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { probe } from "./support/media.mjs";
import { download, promptField, promptIs, send, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const at = suite();

const PROMPT = "A fox leaps a mossy log — 狐狸";

test("a saved file carries its request, plays, and brings it back", async () => {
  const { page, context, complaints, posts } = await at.open();
  await send(page, PROMPT);
  await waitUntilKept(page);
  await page.getByText(/No key, no name, no signed link/).waitFor();
  const file = await download(page);
  const seen = await probe(file.path);
  assert.equal(seen.seconds, 3);
  const carried = JSON.parse(seen.tags.request);
  assert.equal(carried.request.prompt, PROMPT);
  assert.equal(carried.endpoint, "text-to-video");
  assert.equal(JSON.stringify(carried).includes("http"), false);

  await writePrompt(page, "Something else");
  await page.locator('input[type="file"]').first().setInputFiles({
    name: "fox.mp4", mimeType: "video/mp4", buffer: await readFile(file.path),
  });
  await page.getByText("The form holds the request that fox.mp4 carries.").first().waitFor();
  await promptIs(page, PROMPT);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await promptIs(page, "Something else");

  // Opted out: the file is as it came.
  await page.getByRole("switch", { name: "Put the request in saved files" }).uncheck();
  const plain = await probe((await download(page)).path);
  assert.equal(plain.tags?.request, undefined);
  await page.locator('input[type="file"]').first().setInputFiles({
    name: "other.mp4", mimeType: "video/mp4", buffer: Buffer.from("no film at all"),
  });
  await page.getByText("other.mp4 carries no request of this page.").first().waitFor();
  assert.equal(posts.length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

const link = (value) => `#request=${deflateRawSync(Buffer.from(typeof value === "string" ? value : JSON.stringify(value))).toString("base64url")}`;

test("a link brings a request, sends nothing, and overwrites nothing for good", async () => {
  const { page, context, complaints, posts } = await at.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await writePrompt(page, PROMPT);
  await page.getByRole("button", { name: "Copy a link" }).click();
  await page.getByText(/A link to this request was copied/).first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith(`${at.origin}/#request=`), copied);

  await writePrompt(page, "My own draft");
  await page.evaluate((hash) => { location.hash = hash; }, new URL(copied).hash);
  await page.getByText("The form holds the request of the link. Nothing was sent.").first().waitFor();
  await promptIs(page, PROMPT);
  await becomes(() => new URL(page.url()).hash, "");
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await promptIs(page, "My own draft");
  assert.equal(posts.length, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("hostile links change nothing", async () => {
  const { page, context, complaints, posts } = await at.open();
  await writePrompt(page, "My own draft");
  for (const hash of [
    "#request=", "#request=%00", "#request=AAAA", link("no JSON"), link({ rushes: 2 }),
    link(`{"rushes":1,"endpoint":"text-to-video","request":{"prompt":"${"x".repeat(400_000)}"}}`),
    `#request=${"A".repeat(70_000)}`, link("[".repeat(5000) + "]".repeat(5000)),
  ]) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await page.getByText("The link holds no request that can be read; it may be cut off.").first().waitFor();
    assert.equal(await promptField(page).inputValue(), "My own draft", hash.slice(0, 40));
  }
  // What is sound but wrong is checked as if it had been typed.
  await page.evaluate((hash) => { location.hash = hash; }, link({
    rushes: 1, endpoint: "text-to-video", request: { prompt: "<img src=x onerror=alert(1)>", duration: 99, image: "javascript:alert(1)" },
  }));
  await page.getByText("The form holds the request of the link").first().waitFor();
  await page.getByText(/thing(s)? to fix/).first().waitFor();
  await promptIs(page, "<img src=x onerror=alert(1)>");
  assert.equal(posts.length, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
