// Dialogs that a form and one kept take open, as they look: both themes, all sizes, audited, and nothing cut off.

import { test } from "node:test";

import { SIZES, lookAtAll } from "./support/look.mjs";
import { send, waitUntilKept, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";

const at = suite();

/** Each dialog: its name among the pictures, the button that opens it, and the room it belongs to on a phone. */
const DIALOGS = [
  ["request", /^The request…/, "Compose"],
  ["variations", /^Variations…/, "Compose"],
  ["drafts", /^Drafts…/, "Compose"],
  ["palette", /^Words for: Prompt/, "Compose"],
  ["frames", /^From a take/, "Compose"],
  ["keys", /^Keys$/, "Compose"],
  ["spending", /^about \$/, "Compose"],
  ["player-keys", /^Keys…/, "Stage"],
  // Last, for what is wrong by then.
  ["problems", /^1 thing to fix…/, "Compose"],
];

test("every dialog fits and is accessible", async (t) => {
  const { page, context } = await at.open();
  await send(page, "A paper boat in the rain");
  await waitUntilKept(page);
  for (const [name, opener, room] of DIALOGS) {
    await t.test(name, async () => {
      await page.setViewportSize(SIZES.phone);
      await page.getByRole("link", { name: room, exact: true }).click();
      if (name === "problems") await writePrompt(page, "x".repeat(2_501));
      await page.setViewportSize(SIZES.desk);
      await page.getByRole("button", { name: opener }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      // What it holds may be on its way.
      await dialog.locator("button, input").nth(1).waitFor();
      await lookAtAll(page, `dialog-${name}`, Object.values(SIZES));
      await dialog.waitFor();
      await page.setViewportSize(SIZES.desk);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
    });
  }
  await context.close();
});
