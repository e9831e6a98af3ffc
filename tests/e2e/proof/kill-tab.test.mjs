// A tab that dies at any step: whoever comes back finds every take, and has paid for none twice.

import assert from "node:assert/strict";
import { test } from "node:test";

import { playForAMoment } from "../support/studio.mjs";
import { suite } from "../support/suite.mjs";
import { judge } from "./support/oracle.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { WORD, crash, isLoaded, openTab, settled } from "./support/tab.mjs";

const at = suite({ server: null, service: () => startService() });

const DEATHS = { closed: (page) => page.close(), crashed: crash };

for (const [death, kill] of Object.entries(DEATHS)) {
  for (const step of STEPS) {
    test(`a tab ${death} when a take is ${step.name}`, async () => {
      const prompt = `A tab ${death}, ${step.name}`;
      await at.service.script(step.rules ?? CALM);
      const tab = await openTab(at.browser, at.service.origin);
      await step.reach(tab, prompt, at.service);
      await kill(tab.page);
      await at.service.script(CALM);

      const { page, posts, context } = await openTab(at.browser, at.service.origin, tab);
      await isLoaded(page);
      const isWritten = step !== STEPS[0];
      const expected = isWritten ? [step.known ? WORD.kept : WORD.unsure] : [];
      const rest = () => settled(page, isWritten ? prompt : undefined);
      const shown = (await rest()).filter((take) => take.prompt === prompt);
      assert.deepEqual(shown.map((take) => take.word), expected);
      const bill = await judge(at.service, prompt, shown[0], step);
      assert.equal(bill.accepted, step.accepted);
      if (step.known) assert.equal((await playForAMoment(page)).seconds, 3);

      await page.reload();
      await isLoaded(page);
      assert.deepEqual((await rest()).map((take) => take.word), expected);
      assert.equal(posts.length, 0, "whoever comes back sends nothing");
      assert.equal((await at.service.billed(prompt)).posts, bill.posts);
      await context.close();
    });
  }
}
