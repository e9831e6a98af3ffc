// Several tabs, one watcher: one reads for all, and when it dies another takes over, and no read is doubled.

import assert from "node:assert/strict";
import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { CALM, startService } from "./support/service.mjs";
import { WORD, crash, isLoaded, openTab, send, shows } from "./support/tab.mjs";
import { until } from "./support/until.mjs";

const at = suite({ server: null, service: () => startService() });

const QUEUED = [{ on: "read", do: "unknown_status", status: "TASK_STATUS_QUEUED" }];
const RENDERING = [{ on: "read", do: "unknown_status", status: "TASK_STATUS_PROCESSING" }];

/** Waits until the service has answered that many more reads. */
async function moreReads(count) {
  const last = await at.service.last();
  await until(`${count} reads`, async () =>
    (await at.service.log(last)).filter((entry) => entry.on === "read").length >= count);
}

const DEATHS = { closed: (page) => page.close(), crashed: crash };
for (const [death, kill] of Object.entries(DEATHS)) {
  for (const sender of ["leader", "follower"]) {
    test(`the leading tab is ${death} in the middle of a take that the ${sender} sent`, async (t) => {
      const prompt = `Two tabs, one ${death}, sent by the ${sender}`;
      await at.service.script(QUEUED);
      const before = await at.service.last();
      const first = await openTab(at.browser, at.service.origin);
      const context = first.context;
      t.after(() => context.close());
      // Whoever does something first leads: a tab that nobody touched has nothing to watch for.
      await first.page.keyboard.press("Shift");
      await isLoaded(first.page);
      const others = [
        await openTab(at.browser, at.service.origin, { context }),
        await openTab(at.browser, at.service.origin, { context }),
      ];
      await send(sender === "leader" ? first.page : others[0].page, prompt);
      for (const tab of [first, ...others]) await shows(tab.page, prompt, WORD.queued);
      await moreReads(2);
      assert.ok(first.reads.length >= 2, "the leader reads");
      assert.deepEqual(others.map((tab) => tab.reads.length), [0, 0], "and nobody else");

      const killed = Date.now();
      await kill(first.page);
      const heir = await until("another tab to read", () => others.find((tab) => tab.reads.length > 0));
      t.diagnostic(`taken over after ${Date.now() - killed} ms`);
      const idle = others.find((tab) => tab !== heir);
      await at.service.script(RENDERING);
      for (const tab of others) await shows(tab.page, prompt, WORD.rendering);
      await moreReads(2);
      assert.equal(idle.reads.length, 0, "one tab takes over, not two");

      await at.service.script(CALM);
      for (const tab of others) await shows(tab.page, prompt, WORD.kept);
      const log = await at.service.log(before);
      const reads = log.filter((entry) => entry.on === "read").length;
      assert.equal(reads, first.reads.length + heir.reads.length, "every read is the leader's of its time");
      assert.ok(heir.fetches.length > 0, "the heir fetches the video");
      assert.equal(idle.fetches.length, 0, "and nobody else");
      const bill = await at.service.billed(prompt);
      assert.deepEqual([bill.posts, bill.accepted], [1, 1]);
    });
  }
}
