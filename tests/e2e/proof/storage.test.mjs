// Storage is cleared, full or denied at any step: said so, nothing sent that could not be written down, nothing paid twice.

import assert from "node:assert/strict";
import { test } from "node:test";

import { generateButton, playForAMoment } from "../support/studio.mjs";
import { suite } from "../support/suite.mjs";
import { denyRecords, fill } from "./support/denial.mjs";
import { judge } from "./support/oracle.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { WORD, isLoaded, openTab, send, settled, shows, storageTrouble, take } from "./support/tab.mjs";
import { until } from "./support/until.mjs";

const at = suite({ server: null, service: () => startService() });

/** Clears all that the browser keeps for the page, as its owner can at any time. */
async function clear({ page, context }) {
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: at.service.origin, storageTypes: "all" });
}

for (const step of STEPS) {
  test(`storage is cleared when a take is ${step.name}`, async () => {
    const prompt = `Cleared storage, ${step.name}`;
    await at.service.script(step.rules ?? CALM);
    const tab = await openTab(at.browser, at.service.origin);
    const release = await step.reach(tab, prompt, at.service);
    await clear(tab);
    await at.service.script(CALM);
    if (step === STEPS[0]) await generateButton(tab.page).click();
    await release?.();
    // The service may have the request before the browser tells of it.
    await until("the request to leave, or not to", async () =>
      tab.posts.length > 0 || (await take(tab.page, prompt))?.word === WORD.refused);
    if (step.known) {
      // Where the copy has nowhere to go, the video is there to be downloaded.
      await shows(tab.page, prompt, WORD.kept, WORD.done);
      assert.equal((await at.service.billed(prompt)).accepted, 1);
    }
    const sent = tab.posts.length;
    await tab.page.reload();
    await isLoaded(tab.page);
    assert.equal(tab.posts.length, sent, "whoever comes back sends nothing");
    assert.ok((await at.service.billed(prompt)).accepted <= 1);
    await tab.context.close();
  });
}

test("what cannot be written down is not sent", async () => {
  const prompt = "No room for the attempt";
  await at.service.script(CALM);
  const tab = await openTab(at.browser, at.service.origin);
  const empty = await fill(tab.page);
  await send(tab.page, prompt);
  const shown = await shows(tab.page, prompt, WORD.refused);
  assert.match(shown.says, /Nothing was sent/);
  await until("it to be said", () => storageTrouble(tab.page));
  assert.equal(tab.posts.length, 0);
  assert.equal((await at.service.billed(prompt)).posts, 0);
  await empty();
  await tab.context.close();
});

for (const step of STEPS.filter((step) => step.known && step.name !== STEPS.at(-1).name)) {
  test(`storage is full for a while when a take is ${step.name}`, async () => {
    const prompt = `No room, ${step.name}`;
    await at.service.script(step.rules ?? CALM);
    const tab = await openTab(at.browser, at.service.origin);
    await step.reach(tab, prompt, at.service);
    const empty = await fill(tab.page);
    await at.service.script(CALM);
    await until("the page to say that there is no room", async () =>
      (await storageTrouble(tab.page)) || /no room/.test((await take(tab.page, prompt)).says));
    await empty();
    for (const isReloaded of [false, true]) {
      if (isReloaded) {
        await tab.page.reload();
        await isLoaded(tab.page);
      }
      const [shown] = await settled(tab.page, prompt);
      assert.equal(shown.word, WORD.kept, shown.says);
      const bill = await judge(at.service, prompt, shown, step);
      assert.equal(bill.accepted, 1);
    }
    assert.equal((await playForAMoment(tab.page)).seconds, 3);
    await tab.context.close();
  });
}

test("a browser that keeps nothing shows the video, says so, and sends nothing twice", async () => {
  const prompt = "A window that keeps nothing";
  await at.service.script(CALM);
  const context = await at.browser.newContext({ reducedMotion: "reduce" });
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { value: undefined });
  });
  const { page, posts } = await openTab(at.browser, at.service.origin, { context });
  await until("it to be said", async () => /keeps nothing/.test(await storageTrouble(page)));
  await send(page, prompt);
  const [shown] = await settled(page, prompt);
  assert.equal(shown.word, WORD.kept, shown.says);
  assert.equal((await playForAMoment(page)).seconds, 3);
  await page.reload();
  await isLoaded(page);
  assert.equal(posts.length, 1);
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  await context.close();
});

test("an id that comes while storage is full is written down once there is room", async () => {
  const prompt = "No room for the id";
  await at.service.script([
    { on: "create", do: "slow", bytes_per_sec: 20 },
    { on: "read", do: "unknown_status", status: "TASK_STATUS_QUEUED" },
  ]);
  const tab = await openTab(at.browser, at.service.origin);
  await send(tab.page, prompt);
  await until("the bill", async () => (await at.service.billed(prompt)).accepted === 1);
  const allow = await denyRecords(tab.page);
  await shows(tab.page, prompt, WORD.accepted, WORD.queued);
  await until("it to be said", () => storageTrouble(tab.page));
  await allow();
  await shows(tab.page, prompt, WORD.queued);
  await at.service.script(CALM);
  for (const isReloaded of [false, true]) {
    if (isReloaded) {
      await tab.page.reload();
      await isLoaded(tab.page);
    }
    const [shown] = await settled(tab.page, prompt);
    assert.equal(shown.word, WORD.kept, shown.says);
  }
  assert.equal((await at.service.billed(prompt)).accepted, 1);
  await tab.context.close();
});
