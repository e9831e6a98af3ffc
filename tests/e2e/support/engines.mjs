// The other engines that people have: Firefox, and WebKit, which is Safari's. Playwright drives none that a system
// brings, so their pages have puppeteer's interface (or as much of it as `webkit.mjs` gives).

import puppeteer from "puppeteer-core";

import { PREFERENCES } from "../../packaging/support/firefox.mjs";
import { launch } from "../../packaging/support/webkit.mjs";
import { until } from "../proof/support/until.mjs";
import { required } from "./server.mjs";
import { RENDER_PATIENCE } from "./studio.mjs";

/** How each is started. WebKit's driver exists for Linux. */
export const ENGINES = {
  Firefox: () =>
    puppeteer.launch({ browser: "firefox", executablePath: required("RUSHES_FIREFOX"), extraPrefsFirefox: PREFERENCES }),
  ...(process.platform === "linux" && { WebKit: () => launch(required("RUSHES_WEBKIT_DRIVER")) }),
};

/** Waits until what is asked in the page is so, and gives it. */
export async function inPage(page, ask, ...args) {
  try {
    return await until(`${ask}, ${args.join(", ")}`, () => page.evaluate(ask, ...args), RENDER_PATIENCE);
  } catch (cause) {
    throw new Error(`${cause.message}\n${await seen(page).catch(String)}`, { cause });
  }
}

/** What somebody reads on the page. */
export function seen(page) {
  return page.evaluate(() => document.body.innerText);
}

/** Writes into the text field of that label, as a keyboard does. */
export function write(page, label, words) {
  return inPage(page, (label, words) => {
    const named = [...document.querySelectorAll("label")].find(({ textContent }) => textContent.trim() === label);
    if (!named?.control) return false;
    named.control.focus();
    named.control.select();
    return document.execCommand("insertText", false, words);
  }, label, words);
}

/** Presses the first button whose words begin so. */
export function press(page, words) {
  return inPage(page, (words) => {
    const button = [...document.querySelectorAll("button")].find((button) =>
      button.textContent.trim().startsWith(words) && button.checkVisibility());
    button?.click();
    return button !== undefined;
  }, words);
}

/** Chooses a PNG of that size for the start image, made in the page. */
export function chooseImage(page, width, height) {
  return inPage(page, async (width, height) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    for (let at = 0; at < width; at += 20) {
      pen.fillStyle = `hsl(${at % 360} 70% 50%)`;
      pen.fillRect(at, 0, 20, height);
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "stripes.png", { type: "image/png" }));
    const field = document.querySelector('input[type="file"]');
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }, width, height);
}
