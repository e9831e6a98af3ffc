// Chromium, and what a page in it says.

import { needed, tool } from "./consumer.mjs";

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

/** Starts the browser. */
export const browser = () => tool("playwright-core").chromium.launch({ executablePath: needed("RUSHES_CHROMIUM"), args: FLAGS });

/** Opens an address in a page of its own, which closes with the test; `errors` are those that nobody caught. */
export async function open(t, browser, url) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(url);
  return { page, errors };
}

/** What the page's script left as `globalThis.said`: a promise of the job's outcome. */
export async function said(page, errors) {
  try {
    await page.waitForFunction(() => globalThis.said !== undefined, undefined, { timeout: 60_000 });
  } catch (cause) {
    throw new Error(`the page's script never ran:\n${errors.join("\n")}`, { cause });
  }
  return page.evaluate(() => globalThis.said);
}
