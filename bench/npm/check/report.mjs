// Check and encode one request, warm.

import { join } from "node:path";

import { bundle } from "../kit/ours.mjs";
import { onPage } from "../kit/page.mjs";
import { measured } from "../kit/program.mjs";
import { here, now, times, versions } from "../kit/settings.mjs";
import { compared, sampled } from "../kit/stats.mjs";
import { CASES } from "./requests.mjs";

const ZOD = "zod + JSON.stringify";

/** Measures in Node and in Chromium, with one and the same file. */
export async function checkReport({ browser, site }) {
  const settings = { rounds: times(601, 101), batchMs: 0.5, warmMs: times(400, 100) };
  const file = await bundle("check/rounds.mjs", "check.js");
  const engines = {
    Node: () => measured(join(here, "check/node.mjs"), [file, JSON.stringify(settings)]),
    Chromium: () => onPage(browser, site.url, (page) =>
      page.evaluate(async (given) => (await import("/check.js")).measure(given), settings)),
  };
  const rows = [];
  for (const [engine, run] of Object.entries(engines)) {
    now(`check, ${engine}`);
    const { told } = await run();
    for (const [name, samples] of Object.entries(told)) {
      const { title, budget } = CASES[name];
      rows.push(...rowsOf(`${engine}, ${title}`, samples, budget));
    }
  }
  return {
    title: "Check and encode one request from a JavaScript object, warm",
    rows,
    notes: [
      `${settings.rounds} rounds in one run, every contender a batch of about ${settings.batchMs} ms a round in a shuffled order; value and spread are the median and the quartiles of the rounds. A ratio is that of the medians, its spread that of the rounds' own ratios.`,
      "Of the JSON the last character is read in every batch, so that no engine leaves it in pieces; of each issue its path, its code and its message. Ours gives limits, actual values and hints with it that the peers do not give. It asks its WebAssembly, which is compiled for size, about words that it has not refused before (the last row of each engine); a form makes the same mistake again with every key that is pressed.",
      `Peers: ${versions("zod", "valibot", "ajv")}, each with the rules in its own best words, defaults filled, all mistakes collected. Before the rounds all must have come to the same JSON, or found the same number of mistakes.`,
    ],
  };
}

/** One row a contender, each but ours with what ours takes of its time. */
function rowsOf(where, samples, budget) {
  const micro = (list) => list.map((sample) => sample / 1000);
  return Object.entries(samples).map(([who, list]) => {
    const row = sampled(`${where}: ${who}`, micro(list), "µs");
    return who === "rushes" ? row : compared(row, samples.rushes, list, who === ZOD ? budget : undefined);
  });
}
