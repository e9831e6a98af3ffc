// The page's program in parts: what comes at first, what comes when it is needed, and what is said where it does not.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { DESK } from "./support/look.mjs";
import { required } from "./support/server.mjs";
import { generateButton, send, setSeconds, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const PART = /\/(part-\w+|chunk_\d+)-[0-9a-f]{16}\.wasm$/;
const TAKES = /\/part-takes-/;

const files = await readdir(required("RUSHES_PAGE_DIR"));
const isDivided = files.some((file) => PART.test(`/${file}`));
const options = { skip: isDivided ? false : "this page was built undivided" };

const at = suite();

/** The page of somebody new, and the parts it asked for so far. */
async function fresh(settings = {}) {
  const context = await at.browser.newContext({ viewport: DESK, reducedMotion: "reduce", ...settings });
  const parts = [];
  context.on("request", (request) => {
    const [, name] = PART.exec(request.url()) ?? [];
    if (name) parts.push(name);
  });
  return { context, parts };
}

/** Lets no part through whose address fits. */
async function withhold(context, address) {
  await context.route(address, (route) => route.abort());
  return () => context.unroute(address);
}

test("who is new loads no part before doing something, and the takes' part then", options, async () => {
  const { context, parts } = await fresh();
  const { page, complaints } = await at.open({ context });
  await page.waitForLoadState("networkidle");
  assert.deepEqual(parts, []);
  await page.getByText("Nothing here yet").or(page.locator(".takes-none")).first().waitFor();
  const arriving = page.waitForResponse((response) => TAKES.test(response.url()));
  await writePrompt(page, "A fox");
  await arriving;
  assert.ok(parts.includes("part-takes"), parts.join());
  assert.equal(new Set(parts).size, parts.length, "each part once");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("who has sent something before finds it without doing anything", options, async () => {
  const { context } = await fresh();
  const { page } = await at.open({ context });
  await send(page, "A fox leaps");
  await waitUntilKept(page);
  await page.close();
  const again = await at.open({ context });
  await again.page.locator("#library [data-take]", { hasText: "A fox leaps" }).first().waitFor();
  assert.deepEqual(again.complaints, []);
  await context.close();
});

test("a tab that nobody touched hears of another's first take", options, async () => {
  const { context, parts } = await fresh();
  const idle = await at.open({ context });
  const busy = await at.open({ context });
  assert.deepEqual(parts, []);
  await send(busy.page, "A kite");
  await idle.page.locator(".library .take", { hasText: "A kite" }).waitFor();
  await context.close();
});

test("nothing is sent while the part that keeps it is missing; it is said, and tried again", options, async () => {
  const { context } = await fresh();
  const release = await withhold(context, TAKES);
  const { page, posts } = await at.open({ context });
  await writePrompt(page, "A lighthouse");
  await setSeconds(page, 3);
  const trouble = page.locator("#library .on-demand-trouble");
  await trouble.waitFor();
  await generateButton(page).click();
  await page.locator("#stage .on-demand-trouble").waitFor();
  assert.equal(posts.length, 0);
  assert.deepEqual(await audit(page), []);
  await release();
  await page.locator("#stage").getByRole("button", { name: "Try again" }).press("Enter");
  await trouble.waitFor({ state: "detached" });
  // The focus is not lost with the button that had it.
  await page.waitForFunction(() => document.querySelector("#stage h2") === document.activeElement);
  await generateButton(page).click();
  await page.locator(".library .take", { hasText: "A lighthouse" }).waitFor();
  await becomes(() => posts.length, 1);
  await context.close();
});

test("a dialog's part that does not arrive can be asked for again, and once here needs no network", options, async () => {
  const { context } = await fresh();
  const release = await withhold(context, /\/part-request-/);
  const { page } = await at.open({ context });
  await writePrompt(page, "A tram");
  const open = page.getByRole("button", { name: /^The request/ });
  await open.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("This part of the page did not arrive.").waitFor();
  assert.deepEqual(await audit(page), []);
  await release();
  await dialog.getByRole("button", { name: "Try again" }).press("Enter");
  await dialog.getByText("A tram").first().waitFor();
  await page.waitForFunction(() => document.querySelector("dialog[open]")?.contains(document.activeElement));
  await page.keyboard.press("Escape");
  await context.setOffline(true);
  await open.click();
  await dialog.getByText("A tram").first().waitFor();
  await context.close();
});

test("a language whose words do not arrive leaves English, at the start and when it is chosen", options, async () => {
  const { context, parts } = await fresh({ locale: "zh-CN" });
  const release = await withhold(context, /\/part-zh-/);
  const { page } = await at.open({ context });
  assert.ok(parts.includes("part-zh"));
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "简体中文" }).click();
  await page.getByText("This part of the page did not arrive.").first().waitFor();
  await becomes(() => page.getByRole("radio", { name: "English" }).isChecked(), true);
  await release();
  await page.getByRole("radio", { name: "简体中文" }).click();
  await page.getByRole("dialog", { name: "设置" }).waitFor();
  await context.close();
});
