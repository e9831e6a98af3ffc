// The guide through the first take, and the list of keys: both are in nobody's way.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { DESK, PHONE, SMALLEST_PHONE, THEMES, fits } from "./support/look.mjs";
import { record, seed } from "./support/records.mjs";
import { generateButton, promptField, send, setSeconds, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, matches } from "./support/wait.mjs";

const at = suite();

const guide = (page) => page.locator("header .guide");

for (const size of [DESK, PHONE]) {
  test(`the guide follows what is done, from an example to the library, at ${size.width} px`, async () => {
    const { page, context, posts } = await at.open(size);
    const line = guide(page).locator(".guide-line");
    await line.filter({ hasText: "1/4 Your first video" }).waitFor();
    assert.deepEqual(await audit(page), []);
    await guide(page).getByRole("button", { name: "Try an example" }).press("Enter");
    await line.filter({ hasText: "2/4 What it costs" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".guide-line"));
    await matches(() => promptField(page).inputValue(), /red fox/);
    assert.equal(posts.length, 0, "an example is not sent by itself");
    await setSeconds(page, 3);
    await guide(page).getByRole("button", { name: "Take me there" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "generate");
    await page.keyboard.press("Enter");
    await line.filter({ hasText: "3/4 It is being made" }).waitFor();
    assert.deepEqual(await audit(page), []);
    await line.filter({ hasText: "4/4 It is kept" }).waitFor({ timeout: 120_000 });
    await guide(page).getByRole("button", { name: "To the library" }).click();
    await page.locator("#library").getByText("A red fox").first().waitFor();
    await guide(page).getByRole("button", { name: "Got it" }).click();
    await guide(page).waitFor({ state: "detached" });
    await page.reload();
    await generateButton(page).waitFor();
    assert.equal(await guide(page).count(), 0, "it is remembered as done");
    await context.close();
  });
}

test("the guide can be hidden at once, stays hidden, and comes again from the list of keys", async () => {
  const { page, context } = await at.open();
  await guide(page).getByRole("button", { name: "Hide the first steps" }).click();
  await guide(page).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "compose-title");
  await page.reload();
  await generateButton(page).waitFor();
  assert.equal(await guide(page).count(), 0);
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("button", { name: "Show the first steps again" }).click();
  await guide(page).getByText("Your first video").waitFor();
  await page.waitForFunction(() => document.activeElement?.matches(".guide-line"));
  await context.close();
});

test("asked for again, the guide follows the next take and not the last", async () => {
  const { page, context } = await at.open();
  await send(page, "A paper lantern");
  await waitUntilKept(page);
  await guide(page).getByText("4/4").waitFor();
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("button", { name: "Show the first steps again" }).click();
  await guide(page).getByText("2/4").waitFor();
  await context.close();
});

test("nothing moves when the program comes, whether the guide is there or done", async () => {
  for (const isDone of [false, true]) {
    const context = await at.browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.addInitScript((done) => {
      if (done) localStorage.setItem("rushes.guide", "done");
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shift += entry.hadRecentInput ? 0 : entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    }, isDone);
    await page.goto(at.origin);
    await page.locator("#generate").waitFor();
    await page.waitForTimeout(500);
    await becomes(() => guide(page).count(), isDone ? 0 : 1);
    const shift = await page.evaluate(() => globalThis.shift);
    assert.ok(shift < 0.02, `the layout shifted by ${shift}`);
    await context.close();
  }
});

const KEYS = {
  en: { open: "Keys", groups: ["Anywhere", "In a prompt", "In the list of words", "On the timeline", "In the library", "On the crop", "In the player"] },
  "zh-CN": { open: "快捷键", groups: ["任何位置", "在提示词里", "在词语列表里", "在时间线上", "在片库里", "在裁剪框上", "在播放器里"] },
};

for (const [locale, words] of Object.entries(KEYS)) {
  test(`the list of keys is complete and accessible in ${locale}, on a desk and a phone`, async () => {
    for (const viewport of [{ width: 1280, height: 900 }, PHONE, SMALLEST_PHONE]) {
      for (const colorScheme of THEMES) {
        const context = await at.browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale });
        const page = await context.newPage();
        await page.goto(at.origin);
        await page.getByRole("button", { name: words.open }).click();
        const dialog = page.getByRole("dialog");
        await dialog.locator(".key-group").first().waitFor();
        await becomes(() => dialog.getByRole("heading", { level: 3 }).allTextContents(), words.groups);
        await becomes(() => dialog.locator(".key").count(), 28 + 11);
        assert.deepEqual(await audit(page), [], `${viewport.width} px, ${colorScheme}`);
        await fits(page, `${viewport.width} px`);
        await context.close();
      }
    }
  });
}

test("? opens the list from anywhere but where one types, and can be turned off", async () => {
  const { page, context } = await at.open();
  const dialog = page.getByRole("dialog");
  await writePrompt(page, "What");
  await promptField(page).press("End");
  await page.keyboard.type("?");
  assert.equal(await promptField(page).inputValue(), "What?");
  await page.getByRole("textbox", { name: "Length" }).press("?");
  assert.equal(await dialog.count(), 0);
  await generateButton(page).focus();
  await page.keyboard.press("?");
  await dialog.getByText("Anywhere").waitFor();
  await dialog.getByRole("switch", { name: "Open this list with ?" }).press("Space");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.id === "generate");
  await page.keyboard.press("?");
  await page.waitForTimeout(200);
  assert.equal(await dialog.count(), 0);
  await page.reload();
  await generateButton(page).focus();
  await page.keyboard.press("?");
  await page.waitForTimeout(200);
  assert.equal(await dialog.count(), 0, "and stays so");
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await dialog.getByRole("switch", { name: "Open this list with ?" }).press("Space");
  await page.keyboard.press("Escape");
  await generateButton(page).focus();
  await page.keyboard.press("?");
  await dialog.getByText("Anywhere").waitFor();
  await context.close();
});

test("the list shows the player's keys as their owner changed them", async () => {
  const { page, context } = await at.open();
  // Full screen by X instead of F.
  await page.evaluate(() => localStorage.setItem("rushes.player.keys", "on 32 106 107 108 44 46 91 93 111 109 120"));
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  const player = page.locator(".key-group", { hasText: "In the player" });
  await becomes(
    async () => (await player.locator("dt").allTextContents()).map((key) => key.trim()),
    ["Space", "J", "K", "L", ",", ".", "[", "]", "O", "M", "X"],
  );
  await context.close();
});

test("somebody whose takes are here already is spared the first steps", async () => {
  const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
  await seed(context, at.origin, [record(1)]);
  const { page } = await at.open({ context });
  await page.locator("#library").getByText("Take 1:").first().waitFor();
  await guide(page).waitFor({ state: "detached" });
  await page.reload();
  await page.locator("#library").getByText("Take 1:").first().waitFor();
  assert.equal(await guide(page).count(), 0, "and stays so");
  await context.close();
});

test("an empty library invites", async () => {
  const { page, context } = await at.open(PHONE);
  await page.getByRole("link", { name: "Library" }).click();
  await page.locator("#library").getByRole("button", { name: "Make the first one" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "compose-title");
  await promptField(page).waitFor();
  await context.close();
});
