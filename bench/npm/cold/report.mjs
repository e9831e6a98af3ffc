// The first checked request after the import, where nothing is warm: a process or page of its own for every sample.

import { join } from "node:path";

import { bundle } from "../kit/ours.mjs";
import { onPage } from "../kit/page.mjs";
import { measured } from "../kit/program.mjs";
import { here, now, times, version } from "../kit/settings.mjs";
import { compared, sampled, seeded, shuffled } from "../kit/stats.mjs";

const NAMES = { rushes: "rushes", zod: "zod" };
const PARTS = { load: "import", first: "first request checked", both: "both together", refused: "first request refused, after that" };

/** Measures in Node and in Chromium; both load one minified file a contender. */
export async function coldReport({ browser, site }) {
  const files = {};
  for (const name of Object.keys(NAMES)) files[name] = await bundle(`cold/${name}.mjs`, `cold-${name}.js`, { minify: true });
  const engines = {
    Node: (name) => measured(join(here, "cold/first.mjs"), [files[name]]),
    Chromium: (name) => onPage(browser, site.url, (page) => page.evaluate(firstOnPage, `/cold-${name}.js`)),
  };
  const samples = times(31, 5);
  const rows = [];
  for (const [engine, sample] of Object.entries(engines)) {
    now(`cold start, ${engine}`);
    rows.push(...rowsOf(engine, await taken(sample, samples)));
  }
  return {
    title: "The first checked request after the import, cold",
    rows,
    notes: [
      `${samples} samples each, in turns, every one in a process (Node) or a browser context (Chromium) of its own, without any cache of compiled code. Each contender is one bundled, minified file, from the disk in Node and from a server on this machine in Chromium. Ours compiles its WebAssembly when it first has to refuse something (or before the first create is sent), zod (${version("zod")}) makes its schema in the first check.`,
    ],
  };
}

/** Samples in rounds: each contender once a round, in an order that changes. */
async function taken(sample, rounds) {
  const random = seeded(11);
  const found = Object.fromEntries(Object.keys(NAMES).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(Object.keys(NAMES), random)) found[name].push(await sample(name));
  }
  return found;
}

function rowsOf(engine, found) {
  return Object.entries(PARTS).flatMap(([part, title]) => {
    const ours = found.rushes.map((sample) => sample[part]);
    const theirs = found.zod.map((sample) => sample[part]);
    const row = (name, samples) => sampled(`${engine}, ${title}: ${NAMES[name]}`, samples, "ms");
    return [row("rushes", ours), compared(row("zod", theirs), ours, theirs)];
  });
}

/** Runs in the page. */
async function firstOnPage(script) {
  const request = { prompt: "A fox leaps over a mossy log in the morning mist", duration: 8, sound: true };
  const began = performance.now();
  const { make } = await import(script);
  const loaded = performance.now();
  const body = make()(request);
  const done = performance.now();
  if (typeof body !== "string") throw new Error(`the request was refused: ${JSON.stringify(body)}`);
  const issues = make()({ ...request, duration: 16 });
  const refused = performance.now() - done;
  if (issues.length !== 1) throw new Error(`the request was not refused: ${JSON.stringify(issues)}`);
  return { load: loaded - began, first: done - loaded, both: done - began, refused };
}
