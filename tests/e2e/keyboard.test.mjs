// The main job without a pointer, and the policy that keeps foreign script out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { waitUntilKept } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const at = suite();

/** Presses Tab until what has the focus answers to that name and can be written in. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active.matches("textarea, input:not([type]), input[type=text]")) return "";
      return active.getAttribute("aria-label") ?? active.labels?.[0]?.textContent ?? "";
    });
    if (name.test(label.trim())) return;
  }
  assert.fail(`Tab never reached ${name}`);
}

test("a take is made by keyboard alone", async () => {
  const { page, context, posts } = await at.open();
  await tabTo(page, /^Prompt/);
  await page.keyboard.type("A train crosses a viaduct");
  await tabTo(page, /^Length/);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("3");
  await page.keyboard.press("ControlOrMeta+Enter");
  await waitUntilKept(page);
  assert.equal(posts.length, 1);
  assert.equal(posts[0].postDataJSON().duration, 3);
  await context.close();
});

test("an invalid request moves the focus to its first problem", async () => {
  const { page, context, posts } = await at.open();
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await becomes(() => page.evaluate(() => document.activeElement?.getAttribute("aria-invalid")), "true");
  assert.equal(posts.length, 0);
  await context.close();
});

test("the page is served under a strict policy and runs no inline script or style", async () => {
  const response = await fetch(at.origin);
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  const html = await response.text();
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>[^<]/);
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
});
