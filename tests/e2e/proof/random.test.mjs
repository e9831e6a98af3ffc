// The random walk: RUSHES_SEED and RUSHES_STEPS choose another, the figures are printed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { FAULTS, walk } from "./random.mjs";
import { startService } from "./support/service.mjs";
import { startWire } from "./support/wire.mjs";

const seed = Number(process.env.RUSHES_SEED ?? 7);
const steps = Number(process.env.RUSHES_STEPS ?? 320);

let service;
let wire;
let browser;
before(async () => {
  const tasks = { queued_ms: [0, 1_500], rendering_ms: [1_000, 9_000], failing: 0.1 };
  [service, browser] = await Promise.all([startService({ rules: FAULTS, tasks, seed }), launchBrowser()]);
  wire = await startWire(service.origin);
});
after(async () => {
  await Promise.all([browser?.close(), wire?.stop().then(() => service?.stop())]);
});

test(`${steps} random steps from seed ${seed} lose nothing and pay for nothing twice`, async (t) => {
  const { twice, lost, kinds, ...figures } = await walk({ browser, service, wire, seed, steps });
  for (const [name, figure] of Object.entries(figures)) t.diagnostic(`${name}: ${figure}`);
  const each = Object.entries(kinds).sort(([, one], [, other]) => other - one);
  t.diagnostic(`faults of the service: ${each.map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
  t.diagnostic(`billed twice: ${twice.length}, lost: ${lost.length}`);
  assert.deepEqual(twice, []);
  assert.deepEqual(lost, []);
  assert.ok(figures.faults >= steps / 2 && figures.accepted > 0, "the walk met hundreds of faults");
});
