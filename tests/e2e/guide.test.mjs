// The guide through the first take, and the list of keys: both are in nobody's way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { audit, launchBrowser, openStudio } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { generateButton, setSeconds, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { becomes } from "./support/wait.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

const guide = (page) => page.locator("header .guide");
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const [width, height] of [[1440, 1000], [390, 844]]) {
  test(`the guide follows what is done, from an example to the library, at ${width} px`, async () => {
    const { page, context, posts } = await openStudio(browser, server.origin, { width, height });
    const line = guide(page).locator(".guide-line");
    await line.filter({ hasText: "1/4 Your first video" }).waitFor();
    assert.deepEqual(await audit(page), []);
    await guide(page).getByRole("button", { name: "Try an example" }).press("Enter");
    await line.filter({ hasText: "2/4 What it costs" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches(".guide-line"));
    assert.match(await page.locator("#field-prompt").inputValue(), /red fox/);
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
  const { page, context } = await openStudio(browser, server.origin);
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
  const { page, context } = await openStudio(browser, server.origin);
  await writePrompt(page, "A paper lantern");
  await setSeconds(page, 3);
  await generateButton(page).click();
  await waitUntilKept(page);
  await guide(page).getByText("4/4").waitFor();
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("button", { name: "Show the first steps again" }).click();
  await guide(page).getByText("2/4").waitFor();
  await context.close();
});

test("nothing moves when the program comes, whether the guide is there or done", async () => {
  for (const isDone of [false, true]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.addInitScript((done) => {
      if (done) localStorage.setItem("rushes.guide", "done");
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shift += entry.hadRecentInput ? 0 : entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    }, isDone);
    await page.goto(server.origin);
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
    for (const [width, height] of [[1280, 900], [390, 844], [320, 640]]) {
      for (const colorScheme of ["dark", "light"]) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce", locale });
        const page = await context.newPage();
        await page.goto(server.origin);
        await page.getByRole("button", { name: words.open }).click();
        const dialog = page.getByRole("dialog");
        await dialog.locator(".key-group").first().waitFor();
        await becomes(() => dialog.getByRole("heading", { level: 3 }).allTextContents(), words.groups);
        await becomes(() => dialog.locator(".key").count(), 28 + 11);
        assert.deepEqual(await audit(page), [], `${width} px, ${colorScheme}`);
        assert.ok(await overflow(page) <= 0, `${width} px`);
        await context.close();
      }
    }
  });
}

test("? opens the list from anywhere but where one types, and can be turned off", async () => {
  const { page, context } = await openStudio(browser, server.origin);
  const dialog = page.getByRole("dialog");
  await writePrompt(page, "What");
  await page.locator("#field-prompt").press("End");
  await page.keyboard.type("?");
  assert.equal(await page.locator("#field-prompt").inputValue(), "What?");
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
  const { page, context } = await openStudio(browser, server.origin);
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

test("an empty library invites", async () => {
  const { page, context } = await openStudio(browser, server.origin, { width: 390, height: 844 });
  await page.getByRole("link", { name: "Library" }).click();
  await page.locator("#library").getByRole("button", { name: "Make the first one" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "compose-title");
  assert.ok(await page.locator("#field-prompt").isVisible());
  await context.close();
});
