// The server is killed at any step, and launched again: the tab goes on where it was, and the bill is the same.

import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { outage } from "./support/outage.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { PATIENCE } from "./support/until.mjs";

const at = suite({ server: null, service: () => startService() });

for (const step of STEPS) {
  const isOver = step === STEPS.at(-1);
  let failed;
  test(`the server is killed when a take is ${step.name}`, () => outage({
    step,
    browser: at.browser, service: at.service,
    origin: at.service.origin,
    prompt: `A killed server, ${step.name}`,
    async away({ page }) {
      failed = isOver ? null : page.waitForEvent("requestfailed", { timeout: PATIENCE });
      await at.service.crash();
    },
    noticed: () => failed,
    async back() {
      await at.service.prepare(CALM);
      await at.service.relaunch();
    },
  }));
}
