// The release page, served by the server as people get it, through Lighthouse's mobile preset: a slow phone on a slow
// network, both simulated.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import lighthouse from "lighthouse";
import { chromium } from "playwright-core";

import { startService } from "../support/service.mjs";

const root = resolve(import.meta.dirname, "../..");
const quick = (process.env.RUSHES_BENCH_QUICK ?? "") !== "";
const RUNS = quick ? 1 : 5;
/** What is judged, and the entry of its budget: how many points of 100 it may be short of. */
const CATEGORIES = { performance: "lighthouse.performance", accessibility: "lighthouse.accessibility", "best-practices": "lighthouse.best_practices" };
/** Told beside the score, from the median run. */
const TIMES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index", "interactive"];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const say = (what) => process.stderr.write(`${what}\n`);

const folder = await mkdtemp(join(tmpdir(), "rushes-lighthouse-"));
const server = await startService(join(folder, "data"), ["--page", process.env.RUSHES_PAGE_DIR]);
try {
  const runs = [];
  for (let run = 1; run <= RUNS; run += 1) {
    say(`run ${run} of ${RUNS}`);
    runs.push(await once(server.origin));
  }
  console.log(JSON.stringify(await report(runs)));
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** One visit of somebody new. */
async function once(origin) {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: process.env.RUSHES_CHROMIUM,
    args: [`--remote-debugging-port=${port}`, "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const done = await lighthouse(origin, { port, output: "json", logLevel: "error", onlyCategories: Object.keys(CATEGORIES) });
    if (done.lhr.runtimeError) throw new Error(done.lhr.runtimeError.message);
    return done.lhr;
  } finally {
    await browser.close();
  }
}

async function report(runs) {
  const place = join(root, "target/bench");
  await mkdir(place, { recursive: true });
  await writeFile(join(place, "lighthouse.json"), JSON.stringify(runs.at(-1)));
  const score = (run, name) => Math.round(run.categories[name].score * 100);
  const rows = Object.entries(CATEGORIES).map(([name, budget]) => ({
    name: `${name}, points short of 100`, value: 100 - median(runs.map((run) => score(run, name))), unit: "", budget,
  }));
  const times = TIMES.map((name) => {
    const values = runs.map((run) => run.audits[name].numericValue);
    return { name, value: Math.round(median(values) * 1000) / 1000, unit: name === "cumulative-layout-shift" ? "" : "ms" };
  });
  return {
    title: "The page through Lighthouse, mobile",
    rows: [...rows, ...times],
    notes: [
      `Lighthouse ${runs[0].lighthouseVersion}, ${runs.length} runs, the median of each; a phone of a quarter of this machine's speed on 1.6 Mbit/s with 150 ms, simulated.`,
      ...shortcomings(runs.at(-1)),
    ],
  };
}

/** What an audit found, so that somebody knows what to mend. */
function shortcomings(run) {
  const wanted = new Set(Object.keys(CATEGORIES).flatMap((name) => run.categories[name].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id)));
  return Object.values(run.audits)
    .filter(({ id, score }) => wanted.has(id) && score !== null && score < 0.9)
    .map(({ id, title, displayValue }) => `${id}: ${title}${displayValue ? ` (${displayValue})` : ""}`);
}

/** A port nobody listens on just now. */
function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once("error", failed).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
