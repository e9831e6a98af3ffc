// The random walk: RUSHES_SEED and RUSHES_STEPS choose another, the figures are printed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { suite } from "../support/suite.mjs";
import { FAULTS, walk } from "./random.mjs";
import { startService } from "./support/service.mjs";
import { startWire } from "./support/wire.mjs";

const seed = Number(process.env.RUSHES_SEED ?? 7);
const steps = Number(process.env.RUSHES_STEPS ?? 320);

const tasks = { queued_ms: [0, 1_500], rendering_ms: [1_000, 9_000], failing: 0.1 };
const at = suite({
  server: null,
  service: () => startService({ rules: FAULTS, tasks, seed }),
  wire: ({ service }) => startWire(service.origin),
});

test(`${steps} random steps from seed ${seed} lose nothing and pay for nothing twice`, async (t) => {
  const { twice, lost, kinds, ...figures } = await walk({ browser: at.browser, service: at.service, wire: at.wire, seed, steps });
  for (const [name, figure] of Object.entries(figures)) t.diagnostic(`${name}: ${figure}`);
  const each = Object.entries(kinds).sort(([, one], [, other]) => other - one);
  t.diagnostic(`faults of the service: ${each.map(([kind, count]) => `${kind} ${count}`).join(", ")}`);
  t.diagnostic(`billed twice: ${twice.length}, lost: ${lost.length}`);
  assert.deepEqual(twice, []);
  assert.deepEqual(lost, []);
  assert.ok(figures.faults >= steps / 2 && figures.accepted > 0, "the walk met hundreds of faults");
});
