// The plug is pulled after the service accepted and before its answer: not sure, billed once, and never again by itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { matches } from "../support/wait.mjs";
import { CALM, startService } from "./support/service.mjs";
import { WORD, isLoaded, openTab, press, send, settled, shows, take } from "./support/tab.mjs";
import { until } from "./support/until.mjs";

const at = suite({ server: null, service: () => startService() });

const LOST = "The answer that never came";
const OTHER = "Another take beside it";

test("an accepted take whose answer is lost is not sure, and stays billed once", async (t) => {
  await at.service.script([
    { on: "create", prompt: LOST, do: "stall", when: "after" },
    // All else misbehaves, so that everything else is tried again and again.
    { on: "read", chance: 0.5, do: "error", status: 502 },
    { on: "read", do: "unknown_status", status: "TASK_STATUS_QUEUED" },
  ]);
  const { page, context } = await openTab(at.browser, at.service.origin);
  await send(page, LOST);
  await until("the bill", async () => (await at.service.billed(LOST)).accepted === 1);
  await at.service.crash();
  await shows(page, LOST, WORD.unsure);
  await at.service.relaunch();
  const isBilledOnce = async () => {
    const bill = await at.service.billed(LOST);
    assert.deepEqual([bill.posts, bill.accepted, bill.answered], [1, 1, 0]);
  };
  await isBilledOnce();
  await matches(async () => (await take(page, LOST)).says, /We do not know whether it arrived/);

  await send(page, OTHER);
  await shows(page, OTHER, WORD.queued, WORD.accepted);
  for (let reload = 0; reload < 3; reload += 1) {
    await page.reload();
    await shows(page, LOST, WORD.unsure);
    await isBilledOnce();
  }
  await page.close();

  const later = await context.newPage();
  const posts = [];
  later.on("request", (request) => {
    if (request.method() === "POST") posts.push(request);
  });
  await later.clock.install();
  await later.goto(at.service.origin);
  await isLoaded(later);
  const before = await at.service.last();
  for (let minute = 0; minute < 60; minute += 1) await later.clock.runFor("01:00");
  const reads = (await at.service.log(before)).filter((entry) => entry.on === "read").length;
  t.diagnostic(`an hour of simulated time, with ${reads} reads of the other take`);
  assert.ok(reads > 0, "everything else went on");
  await shows(later, LOST, WORD.unsure);
  assert.equal(posts.length, 0);
  await isBilledOnce();

  await at.service.script(CALM);
  await later.close();
  const last = await openTab(at.browser, at.service.origin, { context });
  await shows(last.page, OTHER, WORD.kept);
  await shows(last.page, LOST, WORD.unsure);
  await isBilledOnce();

  // Its author may send it again, knowingly: only then is there a second one.
  await press(last.page, LOST, /^Send again/);
  await shows(last.page, LOST, WORD.kept);
  const words = (await settled(last.page)).filter((shown) => shown.prompt === LOST).map((shown) => shown.word);
  assert.deepEqual(words, [WORD.kept, WORD.putAway]);
  assert.equal((await at.service.billed(LOST)).accepted, 2);
  await context.close();
});
