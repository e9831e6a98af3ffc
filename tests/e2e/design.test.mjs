// The design system on one page: every file of the kit has its section there, in both themes side by side.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { SIZES, THEMES, fits, picture } from "./support/look.mjs";
import { promptIs, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const kit = resolve(import.meta.dirname, "../../web/src/kit");

const at = suite();

async function open(settings) {
  const context = await at.browser.newContext({ reducedMotion: "reduce", ...settings });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${at.origin}/#design`);
  await page.locator(".design-section").first().waitFor();
  return { page, context, complaints };
}

for (const [locale, title] of [["en", "Design system"], ["zh-CN", "设计系统"]]) {
  test(`every component is there and accessible in ${locale}`, async () => {
    for (const viewport of Object.values(SIZES)) {
      const { page, context, complaints } = await open({ viewport, locale });
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      for (const scheme of THEMES) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await picture(page, `design-${locale}-${viewport.width}-${scheme}`, { fullPage: true });
        assert.deepEqual(await audit(page), [], `${scheme}, ${viewport.width} px`);
      }
      await fits(page, `${viewport.width} px`);
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });
}

test("every file of the kit has its section, once for each theme", async () => {
  const { page, context } = await open({});
  const files = (await readdir(kit)).map((name) => name.replace(/\.rs$/, "")).filter((name) => name !== "mod");
  const shown = () => page.evaluate(() => [...document.querySelectorAll("[data-kit]")].map((section) => section.dataset.kit).filter(Boolean).toSorted());
  await becomes(shown, files.toSorted());
  const sides = await page.evaluate(() => [...document.querySelectorAll(".design-section")].map((section) => {
    const [light, dark] = section.querySelectorAll(".design-side");
    return [light, dark].map((side) => getComputedStyle(side).backgroundColor);
  }));
  for (const [light, dark] of sides) assert.notEqual(light, dark);
  await context.close();
});

test("its dialog and messages work, and the Studio is behind it as it was left", async () => {
  const context = await at.browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(at.origin);
  await writePrompt(page, "Words that stay");
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
  await promptIs(page, "Words that stay");
  await context.close();
});
