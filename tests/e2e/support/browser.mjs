// A real browser, and a page whose every complaint is collected.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

import { ELSEWHERE, required } from "./server.mjs";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * Headless Chromium. Closing it fails where any of its pages failed in a way that the page itself did not handle (a
 * trap in the program, say): such a page may well show what a test looks for.
 */
export async function launchBrowser() {
  const browser = await chromium.launch({
    executablePath: required("RUSHES_CHROMIUM"),
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`,
    ],
  });
  const errors = [];
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    // What passes through a worker cannot be answered by a test: only tests of the worker let it be.
    const context = await newContext({ serviceWorkers: "block", ...options });
    return context.on("weberror", (error) => errors.push(error.error()));
  };
  const close = browser.close.bind(browser);
  browser.close = async () => {
    const failed = [...errors];
    await close();
    if (failed.length > 0) throw new AggregateError(failed, `pages failed: ${failed.map((error) => error.stack).join("\n")}`);
  };
  return browser;
}

/**
 * The Studio, open and ready, in that context or in one of its own with `more` settings. `complaints` collects console
 * errors, uncaught errors and policy violations; `posts` every request that costs money.
 */
export async function openStudio(browser, origin, { width = 1440, height = 1000, scheme = "dark", context, ...more } = {}) {
  const owned = context ?? await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    acceptDownloads: true,
    reducedMotion: "reduce",
    ...more,
  });
  const page = await owned.newPage();
  const complaints = [];
  const posts = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
  page.on("request", (request) => {
    if (request.method() === "POST") posts.push(request);
  });
  await page.goto(origin);
  await page.getByRole("button", { name: /^Generate/ }).waitFor();
  return { page, context: owned, complaints, posts };
}

/** Serious and moderate findings of axe on the page as it stands, WCAG 2.2 AA. */
export async function audit(page) {
  // Through the debugger, which the page's own policy does not bind.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
  return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(" ")) }));
}

/** The same with the page shown at its full height: what the bar at the bottom half covers is no smaller for that. */
export async function auditWhole(page) {
  const size = page.viewportSize();
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.max(size.height, tall) });
  const found = await audit(page);
  await page.setViewportSize(size);
  return found;
}
