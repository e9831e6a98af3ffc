// The network goes at any step, and comes back: the tab goes on where it was.

import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { outage } from "./support/outage.mjs";
import { CALM, startService } from "./support/service.mjs";
import { STEPS } from "./support/steps.mjs";
import { until } from "./support/until.mjs";
import { startWire } from "./support/wire.mjs";

const at = suite({
  server: null,
  service: () => startService(),
  wire: ({ service }) => startWire(service.origin),
});

/** Whether the browser itself says that it is offline: then a tab does not even try. */
const WAYS = { "and the browser says so": true, "and nobody says so": false };

for (const [way, isSaid] of Object.entries(WAYS)) {
  for (const step of STEPS) {
    test(`the network goes, ${way}, when a take is ${step.name}`, () => {
      const refused = at.wire.refused();
      return outage({
        step,
        browser: at.browser, service: at.service,
        origin: at.wire.origin,
        prompt: `No network, ${way}, ${step.name}`,
        async away({ context }) {
          at.wire.cut();
          if (isSaid) await context.setOffline(true);
        },
        noticed: () => isSaid || until("the tab to try", () => at.wire.refused() > refused),
        async back({ context }) {
          await at.service.script(CALM);
          at.wire.mend();
          if (isSaid) await context.setOffline(false);
        },
      });
    });
  }
}
