// Variations: several takes of one request, or a sweep; one after another, each an intent of its own, and nothing sent
// by itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { SIZES, fits } from "./support/look.mjs";
import { writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes } from "./support/wait.mjs";

const at = suite();

/** A page whose creates are answered by `answer(number, body)`, from 1, and cost money; `bodies` are what was sent. */
async function studio(size, answer) {
  const context = await at.browser.newContext({ viewport: size, reducedMotion: "reduce" });
  const bodies = [];
  await context.route("**/healthz", (route) => route.fulfill({ json: { mode: "gateway" } }));
  await context.route("**/v3/async/kling-*", async (route) => {
    bodies.push(JSON.parse(route.request().postData()));
    const given = await answer(bodies.length, route);
    if (given) await route.fulfill(given);
  });
  await context.route("**/v3/async/task-result*", (route) => {
    const id = new URL(route.request().url()).searchParams.get("task_id");
    return route.fulfill({ json: { task: { task_id: id, status: "TASK_STATUS_PROCESSING" }, videos: [] } });
  });
  const opened = await at.open({ context });
  await opened.page.getByText("Provider, through this server").waitFor();
  return { ...opened, bodies };
}

const accept = (number) => ({ json: { task_id: `task-${number}` } });
const open = (page) => page.getByRole("button", { name: /^Variations/ }).click();
const seen = (page, count) => page.waitForFunction(
  (count) => document.querySelectorAll("#library .take-list > li").length === count, count, { timeout: 20_000 });

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: a sweep says its cost first, and sends each as a take of its own`, async () => {
    const { page, context, bodies, complaints } = await studio(size, accept);
    await writePrompt(page, "A fox");
    await open(page);
    await page.getByRole("textbox", { name: "Takes of each" }).fill("1");
    await page.getByRole("textbox", { name: /^Guidance/ }).fill("0.3, 0.7");
    await page.getByRole("textbox", { name: /^Lengths/ }).fill("3, 5");
    await page.getByRole("checkbox", { name: "9:16" }).check();
    const send = page.getByRole("button", { name: "Send 4 takes, about $1.34" });
    await send.waitFor();
    assert.deepEqual(await audit(page), []);
    await fits(page);
    await send.click();
    await seen(page, 4);
    // The record stands before its request has left: all have once the series is over.
    await page.waitForFunction(() => !document.querySelector(".series"));
    assert.deepEqual(
      bodies.map(({ cfg_scale: guidance, duration, aspect_ratio: ratio }) => [ratio, duration ?? 5, guidance]),
      [["9:16", 3, 0.3], ["9:16", 3, 0.7], ["9:16", 5, 0.3], ["9:16", 5, 0.7]],
    );
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("what cannot be sent says why, and nothing is sent", async () => {
  const { page, context, bodies } = await studio(SIZES.desk, accept);
  await open(page);
  await page.getByText(/The form cannot be sent yet: The prompt is empty/).waitFor();
  await page.keyboard.press("Escape");
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: /^Lengths/ }).fill("3, 99");
  await page.getByText(/99 s · #1: The length is 99 s/).waitFor();
  await page.getByRole("textbox", { name: /^Lengths/ }).fill("");
  await page.getByRole("textbox", { name: "Takes of each" }).fill("21");
  await page.getByText(/more than 20 takes/).waitFor();
  await page.getByRole("button", { name: /^Send/ }).click({ force: true });
  assert.equal(bodies.length, 0);
  await context.close();
});

test("the whole series is asked against the budget", async () => {
  const { page, context, bodies } = await studio(SIZES.desk, accept);
  await writePrompt(page, "A fox");
  await page.getByRole("button", { name: /^about \$/ }).click();
  await page.getByRole("textbox", { name: "A day" }).fill("1");
  await page.keyboard.press("Escape");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("3");
  await page.getByRole("button", { name: "Send 3 takes, about $1.26" }).click();
  await page.getByText("$0.00 of $1.00 are spent today. This costs about $1.26.").waitFor();
  await page.getByRole("button", { name: "Do not send" }).click();
  assert.equal(bodies.length, 0);
  await context.close();
});

test("they go one after another, stop when told, and the rest waits through a reload and is offered", async () => {
  let going = 0;
  let most = 0;
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const { page, context, bodies } = await studio(SIZES.desk, async (number) => {
    going += 1;
    most = Math.max(most, going);
    if (number === 2) await held;
    going -= 1;
    return accept(number);
  });
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("4");
  await page.getByRole("button", { name: /^Send 4 takes/ }).click();
  await page.getByText("Sending take 2 of 4.").waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  release();
  await page.getByText("2 takes of the series are not sent, about $0.84.").waitFor();
  assert.equal(bodies.length, 2);
  assert.equal(most, 1, "never two at once");
  await page.reload();
  await page.getByText("2 takes of the series are not sent, about $0.84.").waitFor();
  await page.waitForTimeout(500);
  assert.equal(bodies.length, 2, "a reload sends nothing");
  assert.deepEqual(await audit(page), []);
  await page.getByRole("button", { name: "Drop the rest" }).click();
  await page.waitForFunction(() => !document.querySelector(".series"));
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Send the rest" }).click();
  await seen(page, 4);
  await page.waitForFunction(() => !document.querySelector(".series"));
  assert.equal(bodies.length, 4);
  await context.close();
});

test("a tab that dies while one is on its way leaves it not sure, and offers only what was not sent", async () => {
  const { page, context, bodies } = await studio(SIZES.desk, async (number) => {
    if (number === 2) await new Promise(() => {});
    return accept(number);
  });
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("3");
  await page.getByRole("button", { name: /^Send 3 takes/ }).click();
  await page.getByText("Sending take 2 of 3.").waitFor();
  await becomes(() => bodies.length, 2);
  await page.close();
  const again = await context.newPage();
  await again.goto(at.origin);
  await again.getByText("1 take of the series is not sent, about $0.42.").waitFor();
  await again.getByText("Not sure").first().waitFor();
  await again.waitForTimeout(500);
  assert.equal(bodies.length, 2);
  await context.close();
});

test("an answer that nobody understands stops the series, and is not sent again", async () => {
  const { page, context, bodies } = await studio(SIZES.desk, (number) => (number === 2
    ? { status: 502, json: { code: 502, reason: "SERVICE_NOT_AVAILABLE" } } : accept(number)));
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("4");
  await page.getByRole("button", { name: /^Send 4 takes/ }).click();
  await page.getByText(/Nobody knows whether the last one arrived.*2 takes of the series are not sent/).waitFor();
  assert.equal(bodies.length, 2);
  await page.getByRole("button", { name: "Send the rest" }).click();
  await seen(page, 4);
  await page.waitForFunction(() => !document.querySelector(".series"));
  assert.equal(bodies.length, 4);
  await context.close();
});

test("a 429 is waited for as long as it says", async () => {
  const times = [];
  const { page, context, bodies } = await studio(SIZES.desk, (number) => {
    times.push(Date.now());
    return number === 2
      ? { status: 429, json: { code: 429, reason: "RATE_LIMIT_EXCEEDED", message: "slow" }, headers: { "retry-after": "2" } }
      : accept(number);
  });
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("3");
  await page.getByRole("button", { name: /^Send 3 takes/ }).click();
  await page.waitForFunction(() => !document.querySelector(".series")
    && document.querySelectorAll("#library .take-list > li").length === 3, undefined, { timeout: 20_000 });
  assert.equal(bodies.length, 4);
  assert.ok(times[2] - times[1] >= 1_900, `waited ${times[2] - times[1]} ms`);
  await context.close();
});

test("one that waits to be sent is removed from the series, and comes back when that is undone", async () => {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  const { page, context, bodies, complaints } = await studio(SIZES.desk, async (number) => {
    if (number === 1) await held;
    return accept(number);
  });
  await writePrompt(page, "A fox");
  await open(page);
  await page.getByRole("textbox", { name: "Takes of each" }).fill("1");
  await page.getByRole("textbox", { name: /^Guidance/ }).fill("0.2, 0.4, 0.6, 0.8");
  await page.getByRole("button", { name: /^Send 4 takes/ }).click();
  await page.getByText("Waiting (4)").click();
  const list = page.locator(".series-list");
  await becomes(() => list.getByRole("listitem").count(), 4);
  // The one that is on its way cannot be taken back.
  await list.getByRole("button").first().click();
  await becomes(() => list.getByRole("listitem").count(), 4);
  await list.getByRole("button").nth(1).click();
  await page.getByText(/was removed\. It will not be sent\./).first().waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".series-list > li").length === 4);
  await list.getByRole("button").nth(2).click();
  await page.waitForFunction(() => document.querySelectorAll(".series-list > li").length === 3);
  await page.locator(".toast").getByRole("button", { name: "Close" }).first().click();
  assert.deepEqual(await audit(page), []);
  letGo();
  await seen(page, 3);
  await page.waitForFunction(() => !document.querySelector(".series"));
  assert.deepEqual(bodies.map(({ cfg_scale: guidance }) => guidance), [0.2, 0.4, 0.8]);
  assert.deepEqual(complaints, []);
  await context.close();
});
