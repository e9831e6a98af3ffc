// The packed package beside its peers. Prints one JSON line of reports; see ../README.md.

import { mkdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";

import { behaviourReport } from "./behaviour/report.mjs";
import { checkReport } from "./check/report.mjs";
import { coldReport } from "./cold/report.mjs";
import { bodyReport } from "./image/body-report.mjs";
import { lookReport } from "./image/look-report.mjs";
import { install } from "./kit/ours.mjs";
import { launch, serve } from "./kit/page.mjs";
import { allVersions, quick, work } from "./kit/settings.mjs";
import { sizesReport } from "./sizes.mjs";

/** In this order; a name as an argument runs one alone. */
const REPORTS = { check: checkReport, cold: coldReport, body: bodyReport, look: lookReport, sizes: sizesReport, behaviour: behaviourReport };

const only = process.argv.slice(2);
const odd = only.find((name) => !(name in REPORTS));
if (odd !== undefined) throw new Error(`there is no report ${odd}; one of: ${Object.keys(REPORTS).join(", ")}`);
mkdirSync(work, { recursive: true });
const own = await install();
const site = await serve(work);
const browser = await launch();
try {
  const reports = [];
  for (const [name, report] of Object.entries(REPORTS)) {
    if (only.length === 0 || only.includes(name)) reports.push(await report({ browser, site }));
  }
  const model = cpus()[0]?.model.trim() ?? "unknown";
  reports[0].notes.unshift(
    `rushes ${own}, Node ${process.versions.node}, Chromium ${browser.version()}, ${availableParallelism()} cores (${model}), ${process.platform}.`,
    ...(quick ? ["**A quick run: too few rounds to quote.**"] : []),
  );
  const engines = { rushes: own, node: process.versions.node, chromium: browser.version() };
  reports[0].versions = { ...engines, ...allVersions() };
  console.log(JSON.stringify(reports));
} finally {
  await browser.close();
  await site.stop();
}
