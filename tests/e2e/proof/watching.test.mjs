// The page's watch by a clock that the test turns: it learns from past takes, spares a hidden tab and an absent network,
// and catches up at once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ELSEWHERE, freePort } from "../support/server.mjs";
import { suite } from "../support/suite.mjs";
import { eventually } from "../support/wait.mjs";
import { CALM, startService } from "./support/service.mjs";
import { WORD, isLoaded, openTab, send, shows } from "./support/tab.mjs";
import { until } from "./support/until.mjs";

const QUEUED = [{ on: "read", do: "unknown_status", status: "TASK_STATUS_QUEUED" }];
const UNKNOWN = { on: "read", do: "error", status: 404, reason: "TASK_NOT_FOUND" };

const at = suite({
  server: null,
  service: () => startService({ tasks: { queued_ms: 0, rendering_ms: 300, silent: true } }),
});

/** Does something with every record of the page: what it gives, of each. */
function records(page, change) {
  return page.evaluate(async (change) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open("rushes"));
    const store = database.transaction("takes", "readwrite").objectStore("takes");
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    const changed = values.map((value) => ({ ...value, ...change }));
    if (change) await Promise.all(changed.map((value, at) => done(store.put(value, keys[at]))));
    database.close();
    return changed;
  }, change);
}

/** Turns of the page's clock in one of its minutes. */
const STEPS = 12;

/** The page's requests that have no answer yet. */
function flights(page) {
  const flying = new Set();
  page.on("request", (request) => flying.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => flying.delete(request));
  return flying;
}

/** A tab whose clock stands still but for `pass(time)`; `reads()` are those since it was last asked. */
async function openStill(context, served = at.service, origin = served.origin) {
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(origin);
  await isLoaded(page);
  let last = await served.last();
  const flying = flights(page);
  return {
    page,
    // The page's clock is turned, the answers come in real time: none may be overtaken by minutes.
    async pass(minutes) {
      for (let step = 0; step < minutes * STEPS; step += 1) {
        await page.clock.runFor(60_000 / STEPS);
        await until("the answers to come in", () => flying.size === 0);
        // What waits for an answer goes on once the page had a turn.
        await page.evaluate(() => new Promise((resolve) => queueMicrotask(resolve)));
      }
    },
    async reads() {
      const log = await served.log(last);
      last = log.at(-1)?.number ?? last;
      return log.filter((entry) => entry.on === "read").length;
    },
  };
}

/** How often a take that goes on is looked at in five minutes, in a browser whose earlier takes took so long. */
async function readsAfter(took_ms) {
  await at.service.script(CALM);
  const { page, context } = await openTab(at.browser, at.service.origin);
  for (const prompt of ["One", "Two", "Three"]) {
    await send(page, `${prompt} that took ${took_ms}`);
    await shows(page, `${prompt} that took ${took_ms}`, WORD.kept);
  }
  await eventually(async () => {
    const learned = (await records(page, null)).map((record) => record.took_ms);
    assert.ok(learned.every((ms) => ms > 0 && ms <= 60_000), `what they took is written down: ${learned}`);
  });
  await records(page, { took_ms });
  await at.service.script(QUEUED);
  await send(page, `What is watched after ${took_ms}`);
  await shows(page, `What is watched after ${took_ms}`, WORD.queued);
  await page.close();

  const { page: later, pass, reads } = await openStill(context);
  await pass(5);
  const count = await reads();
  await later.close();
  await context.close();
  return count;
}

test("a take is looked at by how long takes like it took, after a reload too", async (t) => {
  // Nothing is known without what they took: the prior says a minute and a half.
  const [prior, slow] = [await readsAfter(null), await readsAfter(1_200_000)];
  t.diagnostic(`reads in five minutes: ${prior} by the prior, ${slow} after takes of twenty minutes`);
  assert.ok(slow > 0 && slow * 2 < prior, `${slow} of ${prior}`);
});

test("a hidden tab looks rarely, and shown again at once", async (t) => {
  await at.service.script(QUEUED);
  const { page, context } = await openTab(at.browser, at.service.origin);
  await send(page, "Watched in the background");
  await shows(page, "Watched in the background", WORD.queued);
  await page.close();
  const { page: still, pass, reads } = await openStill(context);
  const see = (state) => still.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  await pass(2);
  const shown = await reads();
  await see("hidden");
  await pass(1);
  await reads();
  await pass(4);
  const hidden = await reads();
  t.diagnostic(`reads: ${shown} in two minutes shown, ${hidden} in four minutes hidden`);
  assert.ok(hidden > 0 && hidden <= 10, `every half minute at most: ${hidden}`);
  await see("visible");
  await still.clock.runFor(1_000);
  await until("a look at once", async () => (await reads()) > 0);
  await context.close();
});

test("a fresh task may be unknown a few times, and is watched on where it stays so", async () => {
  await at.service.script([{ ...UNKNOWN, each: true, times: 3 }]);
  const { page, context } = await openTab(at.browser, at.service.origin);
  await send(page, "Unknown three times");
  await shows(page, "Unknown three times", WORD.kept);
  await at.service.script([UNKNOWN]);
  await send(page, "Unknown for ever");
  await shows(page, "Unknown for ever", WORD.accepted);
  await page.close();
  const { page: still, pass, reads } = await openStill(context);
  await pass(10);
  assert.ok(await reads() >= 5);
  await pass(15);
  const rare = await reads();
  // Every five minutes.
  assert.ok(rare >= 2 && rare <= 8, `${rare} in a quarter of an hour`);
  await shows(still, "Unknown for ever", WORD.accepted);
  await context.close();
});

test("offline nothing is read and nothing is lost, and online again at once", async () => {
  const port = await freePort();
  const origin = `http://${ELSEWHERE}:${port}`;
  const away = await startService({ rules: QUEUED, flags: ["--public-url", origin], address: `127.0.0.1:${port}` });
  try {
    const { page, context } = await openTab(at.browser, origin);
    await send(page, "Watched from a train");
    await shows(page, "Watched from a train", WORD.queued);
    await page.close();
    const { page: still, pass, reads } = await openStill(context, away, origin);
    await pass(1);
    assert.ok(await reads() > 0);
    await context.setOffline(true);
    await pass(30);
    assert.equal(await reads(), 0);
    await shows(still, "Watched from a train", WORD.queued);
    await context.setOffline(false);
    // The page's clock stands: it is turned on when the page has heard.
    await until("the page to hear of it", async () => {
      await still.clock.runFor(20);
      return still.evaluate(() => document.querySelector(".top .banner") === null);
    });
    await still.clock.runFor(1_000);
    await until("a look at once", async () => (await reads()) > 0);
    await context.close();
  } finally {
    await away.stop();
  }
});
