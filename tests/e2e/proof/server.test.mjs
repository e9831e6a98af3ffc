// The server is killed at any step, and launched again: the tab goes on where it was, and the bill is the same.

import { after, before, test } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { outage } from "./support/outage.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { PATIENCE } from "./support/until.mjs";

let service;
let browser;
before(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
});
after(async () => {
  await Promise.all([browser?.close(), service?.stop()]);
});

for (const step of STEPS) {
  const isOver = step === STEPS.at(-1);
  let failed;
  test(`the server is killed when a take is ${step.name}`, () => outage({
    browser, service, step,
    origin: service.origin,
    prompt: `A killed server, ${step.name}`,
    async away({ page }) {
      failed = isOver ? null : page.waitForEvent("requestfailed", { timeout: PATIENCE });
      await service.crash();
    },
    noticed: () => failed,
    async back() {
      await service.prepare(CALM);
      await service.relaunch();
    },
  }));
}
