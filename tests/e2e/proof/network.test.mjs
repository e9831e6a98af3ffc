// The network goes at any step, and comes back: the tab goes on where it was.

import { after, before, test } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { outage } from "./support/outage.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { until } from "./support/until.mjs";
import { startWire } from "./support/wire.mjs";

let service;
let wire;
let browser;
before(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  wire = await startWire(service.origin);
});
after(async () => {
  await Promise.all([browser?.close(), wire?.stop().then(() => service?.stop())]);
});

/** Whether the browser itself says that it is offline: then a tab does not even try. */
const WAYS = { "and the browser says so": true, "and nobody says so": false };

for (const [way, isSaid] of Object.entries(WAYS)) {
  for (const step of STEPS) {
    test(`the network goes, ${way}, when a take is ${step.name}`, () => {
      const refused = wire.refused();
      return outage({
        browser, service, step,
        origin: wire.origin,
        prompt: `No network, ${way}, ${step.name}`,
        async away({ context }) {
          wire.cut();
          if (isSaid) await context.setOffline(true);
        },
        noticed: () => isSaid || until("the tab to try", () => wire.refused() > refused),
        async back({ context }) {
          await service.script(CALM);
          wire.mend();
          if (isSaid) await context.setOffline(false);
        },
      });
    });
  }
}
