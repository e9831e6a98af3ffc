// Money before the click and after it: reasons, price, one's own rate, budgets that ask, what was spent.

import assert from "node:assert/strict";
import { test } from "node:test";

import { audit } from "./support/browser.mjs";
import { SIZES, fits } from "./support/look.mjs";
import { generateButton, insistOnGenerate, setSeconds, writePrompt } from "./support/studio.mjs";
import { suite } from "./support/suite.mjs";
import { becomes, matches } from "./support/wait.mjs";

const at = suite();

/** A page whose server says that what it sends costs money. `answers` are given to its creates, one by one. */
async function paying(size, answers) {
  const context = await at.browser.newContext({ viewport: size, reducedMotion: "reduce" });
  await context.route("**/healthz", (route) => route.fulfill({ json: { mode: "gateway" } }));
  let count = 0;
  await context.route("**/v3/async/kling-*", (route) => {
    const [status, body] = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return route.fulfill({ status, json: typeof body === "function" ? body(count) : body });
  });
  await context.route("**/v3/async/task-result*", (route) => {
    const id = new URL(route.request().url()).searchParams.get("task_id");
    return route.fulfill({ json: { task: { task_id: id, status: "TASK_STATUS_FAILED", reason: "no" }, videos: [] } });
  });
  const studio = await at.open({ context });
  await studio.page.getByText("Provider, through this server").waitFor();
  return studio;
}

const accepted = [200, (count) => ({ task_id: `task-${count}` })];
const refused = [400, { code: 400, reason: "ILLEGAL_PROMPT", message: "no" }];
/** Waits until so many requests went out: what may be charged is counted a moment before. */
const sent = (posts, count) => becomes(() => posts.length, count);

const openMoney = (page) => page.getByRole("button", { name: /^about \$|^price not known/ }).click();

for (const [name, size] of Object.entries(SIZES)) {
  test(`${name}: the reasons stand on the button, and each leads to its field`, async () => {
    const { page, context, posts } = await at.open(size);
    await setSeconds(page, 99);
    await becomes(() => generateButton(page).getAttribute("aria-disabled"), "true");
    const described = await generateButton(page).getAttribute("aria-describedby");
    await matches(() => page.locator(`#${described}`).textContent(), /2 things to fix/);
    await page.getByRole("button", { name: /2 things to fix/ }).click();
    assert.deepEqual(await audit(page), []);
    await page.getByRole("dialog").getByRole("button", { name: /The length is 99 s/ }).click();
    await page.waitForFunction(() => document.activeElement?.id === "field-seconds");
    await page.getByRole("button", { name: /2 things to fix/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Set to 15 s" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /The prompt is empty/ }).click();
    await page.waitForFunction(() => document.activeElement?.id === "field-prompt");
    await insistOnGenerate(page);
    assert.equal(posts.length, 0);
    await context.close();
  });

  test(`${name}: the price says where its rate comes from, and one's own rate takes its place`, async () => {
    const { page, context, complaints } = await at.open(size);
    await openMoney(page);
    await page.getByText(/Prices of Kling v3.0 Standard on Novita AI, seen second hand/).first().waitFor();
    await page.getByRole("textbox", { name: "Silent" }).fill("0.1");
    await page.getByText(/Your own rate; /).waitFor();
    await page.getByText("about $0.50").first().waitFor();
    await page.getByRole("textbox", { name: "With sound" }).fill("x");
    await page.getByText(/That is no amount/).waitFor();
    assert.deepEqual(await audit(page), []);
    await fits(page);
    await page.reload();
    await page.getByRole("button", { name: "about $0.50" }).click();
    await page.getByRole("button", { name: "Back to the table’s rate" }).click();
    await page.getByText("about $0.42").first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

for (const [name, size] of Object.entries({ desk: SIZES.desk, phone: SIZES.phone })) {
  test(`${name}: a budget asks before it is passed, and can be gone past`, async () => {
    const { page, context, posts } = await paying(size, [accepted]);
    await openMoney(page);
    await page.getByRole("textbox", { name: "A day" }).fill("0.50");
    await page.keyboard.press("Escape");
    await page.getByText(/today \$0\.00 of \$0\.50/).waitFor();
    await writePrompt(page, "A fox");
    await generateButton(page).click();
    await page.getByText(/today \$0\.42 of \$0\.50/).waitFor();
    await sent(posts, 1);
    await generateButton(page).click();
    await page.getByText("$0.42 of $0.50 are spent today. This costs about $0.42.").waitFor();
    assert.deepEqual(await audit(page), []);
    assert.equal(posts.length, 1);
    await page.getByRole("button", { name: "Do not send" }).click();
    await generateButton(page).click();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog[open]"));
    assert.equal(posts.length, 1);
    await generateButton(page).click();
    await page.getByRole("button", { name: "Go on for $0.42" }).click();
    await page.getByText(/today \$0\.84 of \$0\.50/).waitFor();
    await sent(posts, 2);
    await context.close();
  });
}

test("what was charged, what may have been and what was not are kept apart, also of deleted takes", async () => {
  const { page, context } = await paying(SIZES.desk, [accepted, refused, [502, { code: 502, reason: "SERVICE_NOT_AVAILABLE" }]]);
  await writePrompt(page, "A fox");
  await generateButton(page).click();
  await page.getByText("Failed", { exact: true }).first().waitFor();
  await generateButton(page).click();
  await page.getByText("Not accepted").first().waitFor();
  await generateButton(page).click();
  await page.getByText("Not sure").first().waitFor();
  const rows = () => page.locator(".spent tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent)));
  const isKeptApart = async () => {
    await openMoney(page);
    await becomes(rows, [["$0.00", "$0.00"], ["$0.84", "$0.84"], ["1 take", "1 take"]]);
    await page.keyboard.press("Escape");
  };
  await isKeptApart();
  await page.locator("#library li", { hasText: "Failed" }).getByRole("button", { name: /Delete/ }).first().click();
  await page.getByText(/deleted/i).first().waitFor();
  await isKeptApart();
  await page.reload();
  await page.getByText("Not sure").first().waitFor();
  await isKeptApart();
  await context.close();
});

test("making the same again asks the budget too", async () => {
  const { page, context, posts } = await paying(SIZES.desk, [accepted]);
  await writePrompt(page, "A fox");
  await generateButton(page).click();
  await page.getByText("Failed", { exact: true }).first().waitFor();
  await openMoney(page);
  await page.getByRole("textbox", { name: "In all" }).fill("0.5");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /again.*\$0\.42/i }).first().click();
  await page.getByText("$0.42 of $0.50 are spent in all. This costs about $0.42.").waitFor();
  assert.equal(posts.length, 1);
  await page.getByRole("button", { name: "Do not send" }).click();
  assert.equal(posts.length, 1);
  await context.close();
});
