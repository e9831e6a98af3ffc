// The design system on one page: every file of the kit has its section there, in both themes side by side.

import assert from "node:assert/strict";
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

import { audit, launchBrowser } from "./support/browser.mjs";
import { required, startServer } from "./support/server.mjs";

const pictures = required("RUSHES_SCREENS");
const kit = resolve(import.meta.dirname, "../../web/src/kit");

let server;
let browser;
before(async () => {
  await mkdir(pictures, { recursive: true });
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
});

async function open(settings) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...settings });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${server.origin}/#design`);
  await page.locator(".design-section").first().waitFor();
  return { page, context, complaints };
}

for (const [locale, title] of [["en", "Design system"], ["zh-CN", "设计系统"]]) {
  test(`every component is there and accessible in ${locale}`, async () => {
    for (const [width, height] of [[1440, 1000], [390, 844], [320, 640]]) {
      const { page, context, complaints } = await open({ viewport: { width, height }, locale });
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      for (const scheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await page.screenshot({ path: join(pictures, `design-${locale}-${width}-${scheme}.png`), fullPage: true });
        assert.deepEqual(await audit(page), [], `${scheme}, ${width} px`);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width} px`);
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });
}

test("every file of the kit has its section, once for each theme", async () => {
  const { page, context } = await open({});
  const files = (await readdir(kit)).map((name) => name.replace(/\.rs$/, "")).filter((name) => name !== "mod");
  const shown = await page.evaluate(() => [...document.querySelectorAll("[data-kit]")].map((section) => section.dataset.kit).filter(Boolean));
  assert.deepEqual(shown.toSorted(), files.toSorted());
  const sides = await page.evaluate(() => [...document.querySelectorAll(".design-section")].map((section) => {
    const [light, dark] = section.querySelectorAll(".design-side");
    return [light, dark].map((side) => getComputedStyle(side).backgroundColor);
  }));
  for (const [light, dark] of sides) assert.notEqual(light, dark);
  await context.close();
});

test("its dialog and messages work, and the Studio is behind it as it was left", async () => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(server.origin);
  await page.locator("#field-prompt").fill("Words that stay");
  await page.evaluate(() => { location.hash = "#design"; });
  await page.getByRole("button", { name: "Open a dialog" }).first().click();
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "A message with a way back" }).first().click();
  await page.locator(".toast").waitFor();
  assert.deepEqual(await audit(page), []);
  await page.getByRole("link", { name: "Back to the Studio" }).click();
  await page.locator("#generate").waitFor();
  assert.equal(await page.locator("#field-prompt").inputValue(), "Words that stay");
  await context.close();
});
