// The shot editor: one for both requests, by pointer and by keyboard, at a desk and on a phone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { DESK, PHONE } from "./support/look.mjs";
import { makeJpeg } from "./support/media.mjs";
import { chooseStartImage, posted, promptField, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const at = suite({ folder: true });

/** The page with these shots in it, each words and seconds. */
async function withShots(size, shots, image) {
  const studio = await at.open(size);
  const { page } = studio;
  if (image) await chooseStartImage(page, await makeJpeg(join(at.folder, "photo.jpg"), 480, 320));
  await page.getByRole("radio", { name: "Shots" }).check();
  for (const [index, [words, seconds]] of shots.entries()) {
    if (index > 0) await page.getByRole("button", { name: "Add a shot" }).click();
    await page.getByRole("textbox", { name: `Shot ${index + 1}`, exact: true }).fill(words);
    const field = page.getByRole("textbox", { name: `Seconds of shot ${index + 1}` });
    await field.fill(String(seconds));
    await field.blur();
  }
  return studio;
}

/** Words and seconds of the shots, in their order. */
function shotsOf(page) {
  return page.locator(".shot").evaluateAll((rows) => rows.map((row) => [
    row.querySelector("textarea").value, Number(row.querySelector(".number input").value),
  ]));
}

/** Waits until the shots are these. */
const expectShots = (page, expected) => becomes(() => shotsOf(page), expected);

const frame = (page, number) => page.getByRole("button", { name: new RegExp(`^Shot ${number}, `) });
const edge = (page, number) => page.getByRole("slider", { name: `End of shot ${number}` });

/** Drags from the middle of an element by so many seconds of the timeline. */
async function dragBySeconds(page, element, seconds) {
  await element.scrollIntoViewIfNeeded();
  const [box, strip] = await Promise.all([element.boundingBox(), page.locator(".strip").boundingBox()]);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + seconds * strip.width / 30, y, { steps: 4 });
  await page.mouse.move(x + seconds * strip.width / 15, y, { steps: 4 });
  await page.mouse.up();
}

const DESK_AND_PHONE = [["desk", DESK], ["phone", PHONE]];

for (const [name, size] of DESK_AND_PHONE) {
  test(`${name}: without an image, shots are written into the prompt, and it is seen what is sent`, async () => {
    const { page, context, posts } = await withShots(size, [["The quay at dawn.", 3], ["A gull lands.", 4]]);
    await writePrompt(page, "A harbour, handheld.");
    const expected = "A harbour, handheld.\nShot 1 (3 s): The quay at dawn.\nShot 2 (4 s): A gull lands.";
    const shown = page.getByRole("region", { name: "The prompt as it is sent" });
    await becomes(() => shown.textContent(), expected);
    assert.deepEqual(await audit(page), []);
    const request = await posted(page, posts);
    const sent = request.postDataJSON();
    assert.match(request.url(), /std-t2v$/);
    assert.equal(sent.prompt, expected);
    assert.equal(sent.duration, 7);
    assert.equal(sent.multi_prompt, undefined);
    await context.close();
  });

  test(`${name}: shots reorder and resize by pointer, and the total is always said`, async () => {
    const { page, context, complaints } = await withShots(size, [["one", 3], ["two", 4], ["three", 5]]);
    const total = page.locator(".total");
    await becomes(() => total.textContent(), "12 of 15 s, 3 s left");
    const widths = await page.locator(".frame").evaluateAll((frames) => frames.map((frame) => frame.getBoundingClientRect().width));
    assert.ok(Math.abs(widths[2] / widths[0] - 5 / 3) < 0.1, `widths are seconds: ${widths}`);

    await dragBySeconds(page, frame(page, 1), 8);
    await expectShots(page, [["two", 4], ["three", 5], ["one", 3]]);
    await dragBySeconds(page, frame(page, 3), -9);
    await expectShots(page, [["one", 3], ["two", 4], ["three", 5]]);

    await dragBySeconds(page, edge(page, 1), 2);
    await expectShots(page, [["one", 5], ["two", 4], ["three", 5]]);
    await becomes(() => total.textContent(), "14 of 15 s, 1 s left");
    // No room is left: what is behind gives way.
    await dragBySeconds(page, edge(page, 1), 3);
    await expectShots(page, [["one", 8], ["two", 3], ["three", 4]]);
    await becomes(() => total.textContent(), "15 of 15 s, 0 s left");
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`${name}: the sum stays in sight while the last shot is written in`, async () => {
    const { page, context } = await withShots(size, [["a", 3], ["b", 3], ["c", 3], ["d", 3], ["e", 3]]);
    await page.getByRole("textbox", { name: "Shot 5", exact: true }).focus();
    const isSeen = () => page.locator(".total").evaluate((total) => {
      const box = total.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
      return box.top >= 0 && box.bottom <= innerHeight && total.contains(top);
    });
    await becomes(isSeen, true, "the total is seen");
    await context.close();
  });
}

test("a drag is taken back by Escape, and a press without a drag goes to the words", async () => {
  const { page, context } = await withShots(DESK, [["one", 3], ["two", 4]]);
  const box = await frame(page, 1).boundingBox();
  await page.mouse.move(box.x + 20, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 10, { steps: 5 });
  await expectShots(page, [["two", 4], ["one", 3]]);
  await page.keyboard.press("Escape");
  await expectShots(page, [["one", 3], ["two", 4]]);
  await page.mouse.up();
  await frame(page, 2).click();
  await page.waitForFunction(() => document.activeElement?.value === "two");
  await context.close();
});

test("the timeline is used by keys alone", async () => {
  const { page, context } = await withShots(DESK, [["one", 3], ["two", 4], ["three", 5]]);
  await frame(page, 1).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expectShots(page, [["two", 4], ["one", 3], ["three", 5]]);
  const focused = () => page.evaluate(() => document.activeElement?.querySelector(".sr-only")?.textContent);
  await becomes(focused, "Shot 2, 3 s: one", "the focus stays on what was moved");
  await page.getByText("Shot 1 is now shot 2", { exact: true }).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowUp");
  await expectShots(page, [["two", 4], ["one", 4], ["three", 5]]);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expectShots(page, [["two", 3], ["one", 4], ["three", 5]]);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "slider");
  await page.keyboard.press("End");
  await expectShots(page, [["two", 9], ["one", 3], ["three", 3]]);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.value === "two");
  await context.close();
});

test("shots are split at the caret, merged, duplicated and removed, with a way back", async () => {
  const { page, context } = await withShots(DESK, [["A gull lands. It cries.", 7], ["Fog", 3]]);
  const area = page.getByRole("textbox", { name: "Shot 1", exact: true });
  await area.evaluate((area) => area.setSelectionRange(13, 13));
  await page.getByRole("button", { name: "Split shot 1" }).click();
  await expectShots(page, [["A gull lands.", 4], ["It cries.", 3], ["Fog", 3]]);
  await page.getByRole("button", { name: "Merge shot 1" }).click();
  await expectShots(page, [["A gull lands. It cries.", 7], ["Fog", 3]]);
  await page.getByRole("button", { name: "Duplicate shot 2" }).click();
  await expectShots(page, [["A gull lands. It cries.", 7], ["Fog", 3], ["Fog", 3]]);
  await page.getByRole("button", { name: "Remove shot 1" }).click();
  await expectShots(page, [["Fog", 3], ["Fog", 3]]);
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await expectShots(page, [["A gull lands. It cries.", 7], ["Fog", 3], ["Fog", 3]]);
  await becomes(() => page.getByRole("button", { name: "Split shot 2" }).getAttribute("aria-disabled"), "true");
  await context.close();
});

for (const [name, size] of DESK_AND_PHONE) {
  test(`${name}: end image and shots step aside for each other, say why, and lose nothing`, async () => {
    const { page, context, posts } = await withShots(size, [["one", 3], ["two", 4]], true);
    await writePrompt(page, "A quiet harbour");
    await page.getByText(/the model may ignore this: put it into shot 1/i).first().waitFor();
    await page.getByRole("button", { name: "End image instead" }).click();
    await page.getByText(/Your 2 shots step aside: this is one take/).first().waitFor();
    await page.locator('input[type="file"]').nth(1).setInputFiles(await makeJpeg(join(at.folder, "end.jpg"), 480, 320));
    await page.getByText(/Your 2 shots step aside: the model takes an end image or shots, not both/).first().waitFor();
    // At the end of the page nothing lies under the bar.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    assert.deepEqual(await audit(page), []);
    await page.getByRole("button", { name: "Use the shots instead" }).click();
    await page.getByText(/end\.jpg steps aside: the model takes an end image or shots/).first().waitFor();
    await expectShots(page, [["one", 3], ["two", 4]]);
    assert.deepEqual(await audit(page), []);
    await page.getByRole("button", { name: "Put it into shot 1" }).click();
    await expectShots(page, [["A quiet harbour one", 3], ["two", 4]]);
    assert.equal(await promptField(page).inputValue(), "A quiet harbour");
    await page.getByRole("button", { name: "Use it instead" }).click();
    await page.getByText("end.jpg", { exact: true }).waitFor();
    await page.getByRole("radio", { name: "Shots" }).check();
    const sent = (await posted(page, posts)).postDataJSON();
    assert.deepEqual(sent.multi_prompt.map((shot) => shot.prompt), ["A quiet harbour one", "two"]);
    assert.equal(sent.end_image, undefined);
    await context.close();
  });
}
