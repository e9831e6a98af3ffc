// Browsers of three engines, and what a page in them says.

import puppeteer from "puppeteer-core";

import { needed } from "./consumer.mjs";
import { PREFERENCES } from "./firefox.mjs";
import { launch } from "./webkit.mjs";

/** What a Chromium needs to run headless, as root, in a container, and to call nobody. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** How each browser is started. WebKit's driver exists for Linux. */
export const BROWSERS = {
  Chromium: () => puppeteer.launch({ browser: "chrome", executablePath: needed("RUSHES_CHROMIUM"), args: FLAGS }),
  Firefox: () =>
    puppeteer.launch({ browser: "firefox", executablePath: needed("RUSHES_FIREFOX"), extraPrefsFirefox: PREFERENCES }),
  ...(process.platform === "linux" && { WebKit: () => launch(needed("RUSHES_WEBKIT_DRIVER")) }),
};

/** How long a page's script may take to begin, or to tell. */
const PATIENCE_MS = 60_000;

/** Opens an address in a page of its own, which closes with the test; `errors` are those that nobody caught. */
export async function open(t, browser, url) {
  const context = await browser.createBrowserContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  return { page, errors };
}

/** Waits until the page's script has set a global. */
export async function until(name, { page, errors }) {
  try {
    await page.waitForFunction((name) => globalThis[name] !== undefined, { timeout: PATIENCE_MS }, name);
  } catch (cause) {
    throw new Error(`the page's script never set ${name}:\n${errors.join("\n")}`, { cause });
  }
  return page;
}

/** What the page's script left as `globalThis.said`: a promise of the job's outcome. */
export async function said(visited) {
  const page = await until("said", visited);
  return page.evaluate(() => globalThis.said);
}
