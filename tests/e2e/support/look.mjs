// The page as it looks: sizes of screens, pictures, audits in both themes.

import assert from "node:assert/strict";
import { join } from "node:path";

import { audit } from "./browser.mjs";
import { required } from "./server.mjs";

export const DESK = { width: 1440, height: 1000 };
export const TABLET = { width: 768, height: 1024 };
export const PHONE = { width: 390, height: 844 };
export const SMALLEST_PHONE = { width: 320, height: 640 };

/** The sizes that most is looked at in, by their names. */
export const SIZES = { desk: DESK, phone: PHONE, "smallest phone": SMALLEST_PHONE };

export const THEMES = ["dark", "light"];

/** A picture of the page, to be looked at by a person. */
export function picture(page, name, options) {
  return page.screenshot({ path: join(required("RUSHES_SCREENS"), `${name.replaceAll(" ", "-")}.png`), ...options });
}

/** Nothing is wider than the window, and what stands in a box (of a number, of choices) does not leave it. */
export async function fits(page, what = "the page") {
  const { overflow, left } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - innerWidth,
    // What is folded away has no box to leave.
    left: [...document.querySelectorAll(":is(.number, .segments) > *")].filter((inner) => {
      if (!inner.checkVisibility()) return false;
      const [own, box] = [inner, inner.parentElement].map((element) => element.getBoundingClientRect());
      return own.left < box.left - 0.5 || own.right > box.right + 0.5;
    }).map((inner) => inner.outerHTML),
  }));
  assert.ok(overflow <= 0, `${what} is ${overflow} px too wide`);
  assert.deepEqual(left, [], `${what}: these leave their boxes`);
}

/** The page as it stands, in both themes and in those sizes: a picture, an audit (null for none), and whether it fits. */
export async function lookAtAll(page, name, sizes, auditor = audit) {
  for (const scheme of THEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const size of sizes) {
      const what = `${name}, ${scheme}, ${size.width} px`;
      await page.setViewportSize(size);
      await picture(page, `${name}-${size.width}-${scheme}`);
      if (auditor) assert.deepEqual(await auditor(page), [], what);
      await fits(page, what);
    }
  }
}
