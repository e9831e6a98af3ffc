// What helps with writing: undo, earlier prompts, the palette, one's own words, drafts.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { SIZES, fits } from "./support/look.mjs";
import { makeJpeg } from "./support/media.mjs";
import { chooseStartImage, generateButton, promptField, promptIs, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, eventually } from "./support/wait.mjs";

const at = suite({ folder: true });

test("undo and redo go over the whole form, by keys and by buttons", async () => {
  const { page, context, complaints } = await at.open();
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  const redo = page.getByRole("button", { name: "Redo", exact: true });
  await becomes(() => undo.getAttribute("aria-disabled"), "true");
  await promptField(page).click();
  await page.keyboard.type("A fox");
  await page.getByRole("radio", { name: "Tall 9:16" }).check();
  await page.getByRole("switch", { name: /^Sound/ }).click();
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => !document.querySelector("#field-sound").checked);
  await promptField(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => document.querySelector('input[value="16:9"]')?.checked);
  await page.keyboard.press("ControlOrMeta+z");
  await promptIs(page, "");
  await becomes(() => undo.getAttribute("aria-disabled"), "true");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await promptIs(page, "A fox");
  await becomes(() => promptField(page).evaluate((area) => area.selectionStart), 5, "the caret is behind what came back");
  await redo.click();
  await page.waitForFunction(() => document.querySelector('input[value="9:16"]')?.checked);
  await redo.click();
  await page.waitForFunction(() => document.querySelector("#field-sound")?.checked);
  await becomes(() => redo.getAttribute("aria-disabled"), "true");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the browser's own undo of a field is the form's, also from a menu", async () => {
  const { page, context } = await at.open();
  await promptField(page).click();
  await page.keyboard.type("A fox");
  // What a menu's Undo does in the browser.
  const session = await context.newCDPSession(page);
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "F13", commands: ["undo"] });
  await promptIs(page, "");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await promptIs(page, "A fox");
  await context.close();
});

test("an undone removal brings a shot and its words back", async () => {
  const { page, context } = await at.open();
  await page.getByRole("radio", { name: "Shots" }).check();
  const shot = page.getByRole("textbox", { name: "Shot 1", exact: true });
  await shot.fill("A gull");
  await page.getByRole("button", { name: "Add a shot" }).click();
  await page.getByRole("button", { name: "Remove shot 1" }).click();
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByRole("textbox", { name: "Shot 2", exact: true }).waitFor();
  await becomes(() => shot.inputValue(), "A gull");
  await context.close();
});

test("earlier prompts come by Alt and arrows, and by arrows at the edges, and one's own words are not lost", async () => {
  const { page, context } = await at.open();
  await context.route("**/v3/async/kling-*", (route) => route.fulfill({ status: 400, json: { code: 400, reason: "ILLEGAL_PROMPT", message: "no" } }));
  for (const words of ["The first prompt", "The second prompt"]) {
    await writePrompt(page, words);
    await generateButton(page).click();
    await page.getByText("Not accepted").nth(words.includes("first") ? 0 : 1).waitFor();
  }
  await writePrompt(page, "My own");
  await page.keyboard.press("Alt+ArrowUp");
  await promptIs(page, "The second prompt");
  await page.keyboard.press("Alt+ArrowUp");
  await promptIs(page, "The first prompt");
  await page.keyboard.press("Alt+ArrowDown");
  await promptIs(page, "The second prompt");
  await page.keyboard.press("Alt+ArrowDown");
  await promptIs(page, "My own");
  await writePrompt(page, "");
  await page.keyboard.press("ArrowUp");
  await promptIs(page, "The second prompt");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  await promptIs(page, "");
  // In the middle of words the arrows are the caret's.
  await writePrompt(page, "line one\nline two");
  await page.keyboard.press("ArrowUp");
  await promptIs(page, "line one\nline two");
  await context.close();
});

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: words are searched for and put in where the caret stands`, async () => {
    const { page, context, complaints } = await at.open(size);
    await writePrompt(page, "A fox leaps");
    await promptField(page).evaluate((area) => area.setSelectionRange(5, 5));
    await page.getByRole("button", { name: "Words for: Prompt" }).click();
    const search = page.getByRole("combobox");
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    for (const group of ["Camera", "Shot size and angle", "Light", "Lens and look", "Sound"]) {
      await becomes(async () => await page.getByRole("group", { name: group }).getByRole("option").count() > 5, true, group);
    }
    assert.deepEqual(await audit(page), []);
    await search.fill("camera moves closer");
    await becomes(() => page.getByRole("option").allTextContents(), ["slow push inthe camera moves closer"]);
    const active = page.getByRole("option", { selected: true });
    await eventually(async () => assert.equal(await search.getAttribute("aria-activedescendant"), await active.getAttribute("id")));
    await search.press("Enter");
    await promptIs(page, "A fox, slow push in, leaps");
    await page.waitForFunction(() => document.activeElement.id === "field-prompt" && document.activeElement.selectionStart === 19);
    await page.keyboard.press("ControlOrMeta+z");
    await promptIs(page, "A fox leaps");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("the palette is walked by arrows, and says when it finds nothing", async () => {
  const { page, context } = await at.open();
  await page.getByRole("button", { name: "Words for: Prompt" }).click();
  const search = page.getByRole("combobox");
  await search.press("ArrowUp");
  const last = await page.getByRole("option").last().getAttribute("id");
  await becomes(() => search.getAttribute("aria-activedescendant"), last);
  await search.press("ArrowDown");
  await search.press("ArrowDown");
  await search.press("Enter");
  await promptIs(page, "pull back");
  await page.getByRole("button", { name: "Words for: Prompt" }).click();
  await page.getByRole("combobox").fill("zzz");
  await page.getByText(/Nothing of that kind/).waitFor();
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press("Escape");
  await context.close();
});

test("negative prompts have presets of their own", async () => {
  const { page, context } = await at.open();
  await page.getByText("Negative prompt and guidance").click();
  await page.getByRole("button", { name: "Words for: Negative prompt" }).click();
  await page.getByRole("option", { name: /text, subtitles, watermark, logo/ }).click();
  const negative = page.getByRole("textbox", { name: "Negative prompt" });
  await becomes(() => negative.inputValue(), "text, subtitles, watermark, logo");
  await context.close();
});

test("one's own words are kept, renamed, put in, deleted and brought back, and survive a reload", async () => {
  const { page, context } = await at.open();
  await writePrompt(page, "grain of the old film\twith a tab");
  const open = () => page.getByRole("button", { name: "Words for: Prompt" }).click();
  await open();
  await page.getByText("Your own words").click();
  await page.getByRole("textbox", { name: "Name of these words" }).fill("Grain");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByRole("group", { name: "Your own" }).getByRole("option").waitFor();
  assert.deepEqual(await audit(page), []);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Old grain");
  await page.getByRole("textbox", { name: "Name", exact: true }).press("Tab");
  await page.reload();
  await writePrompt(page, "");
  await open();
  await page.getByRole("combobox").fill("old grain");
  await page.getByRole("combobox").press("Enter");
  await promptIs(page, "grain of the old film\twith a tab");
  await open();
  await page.getByText("Your own words").click();
  await page.getByRole("button", { name: "Delete Old grain" }).click();
  await page.getByText("Old grain is deleted.").first().waitFor();
  await becomes(() => page.getByRole("group", { name: "Your own" }).count(), 0);
  await page.waitForFunction(() => document.activeElement?.textContent === "Undo", undefined, { timeout: 5_000 });
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: "Your own" }).getByRole("option").waitFor();
  await context.close();
});

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: drafts keep the whole form with its image, open, duplicate and come back`, async () => {
    const { page, context, complaints } = await at.open(size);
    await chooseStartImage(page, await makeJpeg(join(at.folder, "harbour.jpg"), 480, 320));
    await writePrompt(page, "A quiet harbour");
    await page.getByRole("radio", { name: "Shots" }).check();
    await page.getByRole("textbox", { name: "Shot 1", exact: true }).fill("The quay");
    await page.getByRole("button", { name: /^Drafts/ }).click();
    await page.getByText("No drafts yet.").waitFor();
    await becomes(() => page.getByRole("textbox", { name: "Name of the draft" }).inputValue(), "A quiet harbour");
    await page.getByRole("button", { name: "Keep this form" }).click();
    await page.getByRole("button", { name: "Open A quiet harbour" }).waitFor();
    assert.deepEqual(await audit(page), []);
    await fits(page);
    await page.getByRole("button", { name: "Duplicate A quiet harbour" }).click();
    await page.getByRole("button", { name: "Open A quiet harbour 2" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Start over" }).click();
    await promptIs(page, "");
    await page.reload();
    await page.getByRole("button", { name: /^Drafts/ }).click();
    await page.getByRole("button", { name: "Delete A quiet harbour", exact: true }).click();
    await page.getByText("A quiet harbour is deleted.").first().waitFor();
    await page.locator(".named-undo").getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Delete A quiet harbour", exact: true }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Drafts/ }).click();
    await page.getByRole("button", { name: "Open A quiet harbour 2" }).click();
    await promptIs(page, "A quiet harbour");
    await page.getByText("harbour.jpg", { exact: true }).waitFor();
    await becomes(() => page.getByRole("textbox", { name: "Shot 1", exact: true }).inputValue(), "The quay");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await promptIs(page, "");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("what is typed is kept as one types", async () => {
  const { page, context } = await at.open();
  await writePrompt(page, "A kite over a winter beach");
  await page.reload();
  await promptIs(page, "A kite over a winter beach");
  await context.close();
});
