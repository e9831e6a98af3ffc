// The watcher beside fixed intervals: simulated with many draws (this folder's Rust program), and for real, in one tab
// of Chromium against the local service.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

import { startService } from "../support/service.mjs";

const root = resolve(import.meta.dirname, "../..");
const quick = (process.env.RUSHES_BENCH_QUICK ?? "") !== "";
const TASKS = quick ? 100 : 1_000;
/** How long the service lets tasks wait and render, in milliseconds: a short render, so that four runs end in time. */
const TIMES = quick
  ? { queued_ms: [0, 2_000], rendering_ms: [4_000, 12_000] }
  : { queued_ms: [0, 10_000], rendering_ms: [40_000, 100_000] };
/** Seconds between two looks; the first is ours. */
const POLLERS = [null, 20, 3, 2];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const span = ([from, to]) => `${from / 1000} to ${to / 1000} s`;
const round = (number) => Math.round(number * 1000) / 1000;
const say = (what) => process.stderr.write(`${what}\n`);

say("simulating");
const reports = JSON.parse(await simulated());
reports.push(await inATab());
console.log(JSON.stringify(reports));

async function simulated() {
  const cargo = ["run", "--release", "--quiet", "--package", "rushes-bench-watcher"];
  const { stdout } = await promisify(execFile)(process.env.CARGO ?? "cargo", cargo, { cwd: root });
  return stdout;
}

async function inATab() {
  const folder = await mkdtemp(join(tmpdir(), "rushes-watcher-"));
  const site = join(folder, "site");
  await mkdir(site);
  await cp(join(process.env.RUSHES_NPM_PACKAGE, "dist"), join(site, "rushes"), { recursive: true });
  await writeFile(join(site, "index.html"), "<!doctype html><title>bench</title>");
  await cp(join(import.meta.dirname, "tab.js"), join(site, "tab.js"));
  const browser = await chromium.launch({ executablePath: process.env.RUSHES_CHROMIUM, args: FLAGS });
  try {
    const seen = [];
    for (const seconds of POLLERS) {
      say(seconds === null ? "in a tab: ours" : `in a tab: every ${seconds} s`);
      seen.push(await once(browser, folder, site, seconds));
    }
    return report(seen);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One poller with tasks of its own: the same requests, so the same times. */
async function once(browser, folder, site, seconds) {
  const service = await serve(folder, site);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(service.origin);
    const ids = await create(service.origin);
    const told = await page.evaluate(async ({ ids, seconds }) => {
      const { run } = await import("/tab.js");
      return run(ids, seconds);
    }, { ids, seconds });
    return { name: seconds === null ? "ours" : `every ${seconds} s`, ...told };
  } finally {
    await context.close();
    await service.stop();
  }
}

async function serve(folder, site) {
  const script = join(folder, "faults.json");
  const data = await mkdtemp(join(folder, "data-"));
  await writeFile(script, JSON.stringify({ seed: 7, tasks: TIMES, rules: [] }));
  return startService(data, ["--page", site, "--faults", script]);
}

/** Every task that is to be watched; their ids. */
async function create(origin) {
  const one = async (number) => {
    const answer = await fetch(`${origin}/v3/async/kling-v3.0-std-t2v`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: `Take number ${number}`, duration: 3 }),
    });
    if (!answer.ok) throw new Error(`create: HTTP ${answer.status} ${await answer.text()}`);
    return (await answer.json()).task_id;
  };
  const ids = [];
  while (ids.length < TASKS) {
    const some = Array.from({ length: Math.min(50, TASKS - ids.length) }, (_, at) => one(ids.length + at));
    ids.push(...await Promise.all(some));
  }
  return ids;
}

function report(seen) {
  const late = (told, share) => told.lateMs[Math.round((told.lateMs.length - 1) * share)] / 1000;
  const perMinute = (told) => told.reads / (told.lastedMs / 60_000);
  const [ours, ...peers] = seen;
  const row = (peer, what, unit, figure, budget) => ({
    name: `${peer.name}, in a tab: ${what}`, value: round(figure(peer)), unit, ratio: round(figure(ours) / figure(peer)),
    ...(budget && peer.name !== "every 20 s" && !quick ? { budget: `watcher.${budget}` } : {}),
  });
  return {
    title: `Watching ${TASKS} tasks in one tab of Chromium, against the local service`,
    tables: [{
      head: ["", "reads a minute", "reads a task", "median delay", "nine of ten within", "worst delay"],
      lines: seen.map((told) => [
        told.name, perMinute(told).toFixed(0), (told.reads / TASKS).toFixed(1),
        ...[0.5, 0.9, 1].map((share) => `${late(told, share).toFixed(2)} s`),
      ]),
    }],
    rows: peers.flatMap((peer) => [
      row(peer, "reads a minute", "", perMinute, "reads_to_fixed"),
      row(peer, "median delay", "s", (told) => late(told, 0.5), "delay_to_fixed"),
      row(peer, "worst delay", "s", (told) => late(told, 1)),
    ]),
    notes: [
      `One run each, one after another. The service says how far it is; tasks wait ${span(TIMES.queued_ms)} and render `
      + `${span(TIMES.rendering_ms)}. A delay is from the service's own \`complete_time_ms\` to the tab's knowing.`,
    ],
  };
}
