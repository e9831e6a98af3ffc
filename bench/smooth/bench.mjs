// Whether the release page is always at hand: what blocks it while somebody scrolls, searches, types and drags with
// thousands of takes in the library, and how long a key takes in a prompt that is full, on a slower processor.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { record, seed } from "../../tests/e2e/support/records.mjs";
import { startService } from "../support/service.mjs";

const quick = (process.env.RUSHES_BENCH_QUICK ?? "") !== "";
const RUNS = quick ? 1 : 5;
/** How many takes; the first is there to compare with. */
const TAKES = [100, 5_000];
/** The most characters that a prompt may have. */
const FULL = 2_500;
/** How many times slower the processor is made where a full prompt is typed in. */
const SLOWER = 4;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

const ACTS = { scrolling, searching, typing, dragging, choosing };
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const tenths = (numbers) => Math.round(median(numbers) * 10) / 10;
const say = (what) => process.stderr.write(`${what}\n`);

const folder = await mkdtemp(join(tmpdir(), "rushes-smooth-"));
const server = await startService(join(folder, "data"), ["--page", process.env.RUSHES_PAGE_DIR]);
const browser = await chromium.launch({ executablePath: process.env.RUSHES_CHROMIUM, args: FLAGS });
try {
  const runs = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const told = { keys: await typedInto(FULL, SLOWER), plain: await typedInto(FULL, SLOWER, plain) };
    for (const takes of TAKES) {
      say(`run ${run} of ${RUNS}, ${takes} takes`);
      told[takes] = await used(takes);
    }
    runs.push(told);
  }
  console.log(JSON.stringify(report(runs)));
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A tab with its observers: tasks over 50 ms, and how long the parts of a key took. */
async function tab(takes = 0) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  await seed(context, server.origin, Array.from({ length: takes }, (_, number) => record(number)));
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.seen = { long: [], keys: [] };
    const watch = (type, note, more) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, ...more });
    watch("longtask", ({ duration }) => globalThis.seen.long.push(duration));
    const isKey = ({ name }) => ["keydown", "keypress", "beforeinput", "input"].includes(name);
    const note = ({ name, startTime, processingStart, processingEnd }) =>
      globalThis.seen.keys.push({ name, at: startTime, ms: processingEnd - processingStart });
    watch("event", (entry) => isKey(entry) && note(entry), { durationThreshold: 16 });
  });
  return page;
}

/** The page, with that many takes in its library. */
async function open(takes = 0) {
  const page = await tab(takes);
  await page.goto(server.origin);
  if (takes > 0) await page.getByText(`${takes.toLocaleString("en")} takes`, { exact: true }).waitFor({ timeout: 120_000 });
  await page.getByRole("textbox", { name: "Prompt", exact: true }).waitFor();
  return page;
}

/** A page that is nothing but a field of that size: what a key costs the browser itself. */
async function plain() {
  const page = await tab();
  await page.goto("about:blank");
  await page.setContent('<textarea aria-label="Prompt" rows="5" style="inline-size: 22rem; font: 1rem / 1.4 sans-serif"></textarea>');
  // An event that nobody listens to is not told of.
  await page.evaluate(() => ["keydown", "keypress", "input"].forEach((name) => document.addEventListener(name, () => {})));
  return page;
}

/** What was seen since this was last asked. */
async function seen(page) {
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    const { seen } = globalThis;
    globalThis.seen = { long: [], keys: [] };
    return seen;
  });
}

/** The durations of the long tasks of each act. */
async function used(takes) {
  const page = await open(takes);
  const told = { opening: (await seen(page)).long };
  for (const [name, act] of Object.entries(ACTS)) {
    await act(page);
    told[name] = (await seen(page)).long;
  }
  await page.context().close();
  return told;
}

async function scrolling(page) {
  await page.locator("#library").hover();
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, turn % 20 < 12 ? 400 : -400);
}

async function searching(page) {
  await page.getByRole("searchbox").pressSequentially("harbour pan", { delay: 30 });
  await page.getByRole("searchbox").fill("");
}

async function typing(page) {
  await page.getByRole("textbox", { name: "Prompt", exact: true }).pressSequentially("A fox leaps a mossy log", { delay: 30 });
}

async function dragging(page) {
  await page.getByRole("radio", { name: "Shots" }).check({ force: true });
  for (let shot = 0; shot < 2; shot += 1) await page.getByRole("button", { name: "Add a shot" }).click();
  const edge = await page.getByRole("slider", { name: "End of shot 1" }).boundingBox();
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2);
  await page.mouse.down();
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.move(edge.x + (turn % 20) * 8, edge.y + edge.height / 2);
  await page.mouse.up();
}

async function choosing(page) {
  await page.getByRole("gridcell").first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
}

/**
 * Types in the middle of a prompt that is full but for the keys, on a slower processor; what a first key loads is
 * there already. Of each key, in milliseconds: its scripts, and all of it, with what the browser does to put it in.
 */
async function typedInto(characters, slower, opened = open) {
  const page = await opened();
  const [first, words] = ["dawn ", "light over the harbour "];
  const prompt = page.getByRole("textbox", { name: "Prompt", exact: true });
  await prompt.fill("A fox leaps. ".repeat(characters).slice(0, characters - words.length - first.length));
  await prompt.evaluate((area) => area.setSelectionRange(1_000, 1_000));
  await prompt.pressSequentially(first, { delay: 50 });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await seen(page);
  await prompt.pressSequentially(words, { delay: 120 });
  const { long, keys } = await seen(page);
  await page.context().close();
  const pressed = [];
  for (const event of keys.toSorted((one, other) => one.at - other.at)) {
    if (event.name === "keydown") pressed.push([]);
    pressed.at(-1)?.push(event);
  }
  const sums = (names) => pressed.map((events) => events.filter(({ name }) => names.includes(name)).reduce((sum, { ms }) => sum + ms, 0));
  // A key's press holds what follows from it: the change of the text, and the word of that.
  return { long, scripts: sums(["keydown", "beforeinput", "input"]), all: sums(["keydown", "keypress"]) };
}

function report(runs) {
  const most = TAKES.at(-1);
  const acts = Object.keys(runs[0][most]);
  const count = (takes, act) => median(runs.map((run) => run[takes][act].length));
  const longest = (takes, act) => Math.round(median(runs.map((run) => Math.max(0, ...run[takes][act]))));
  const rows = Object.keys(ACTS).map((act) => ({
    name: `${act} with ${most} takes: tasks over 50 ms`, value: count(most, act), unit: "", budget: "smooth.long_tasks",
  }));
  const slow = `a key in a prompt of ${FULL} characters, processor ${SLOWER} times slower`;
  return {
    title: "The page while it is used",
    rows: [
      ...rows,
      { name: `${slow}: tasks over 50 ms`, value: median(runs.map(({ keys }) => keys.long.length)), unit: "", budget: "smooth.long_tasks" },
      { name: `${slow}: its scripts`, value: tenths(runs.map(({ keys }) => median(keys.scripts))), unit: "ms", budget: "smooth.key_ms" },
      { name: `${slow}: all of it`, value: tenths(runs.map(({ keys }) => median(keys.all))), unit: "ms", budget: "smooth.key_ms" },
      { name: `${slow}: its scripts, the slowest`, value: tenths(runs.map(({ keys }) => Math.max(...keys.scripts))), unit: "ms", budget: "smooth.key_ms" },
      { name: `${slow}: all of it, the slowest`, value: tenths(runs.map(({ keys }) => Math.max(...keys.all))), unit: "ms" },
      { name: `the same in a field by itself: all of it`, value: tenths(runs.map(({ plain }) => median(plain.all))), unit: "ms" },
      { name: `the same in a field by itself: all of it, the slowest`, value: tenths(runs.map(({ plain }) => Math.max(...plain.all))), unit: "ms" },
    ],
    tables: [{
      head: ["", ...TAKES.map((takes) => `${takes} takes: tasks over 50 ms, the longest`)],
      lines: acts.map((act) => [act, ...TAKES.map((takes) => `${count(takes, act)}, ${longest(takes, act)} ms`)]),
    }],
    notes: [
      `${RUNS} runs, the median of each, Chromium ${browser.version()}. Only an idle machine tells the truth: what others do stretches every task.`,
    ],
  };
}
