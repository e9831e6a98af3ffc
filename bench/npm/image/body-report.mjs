// A large picture sent inline: how long it takes, and how much memory at its highest.

import { statSync } from "node:fs";
import { join } from "node:path";

import { bundle } from "../kit/ours.mjs";
import { knowsPeaks, peaks } from "../kit/memory.mjs";
import { onPage } from "../kit/page.mjs";
import { measured } from "../kit/program.mjs";
import { here, now, times } from "../kit/settings.mjs";
import { compared, sampled, seeded, shuffled } from "../kit/stats.mjs";
import { picture } from "./picture.mjs";

const BYTES = 9_000_000;
const USUAL = { node: "Buffer.toString + JSON.stringify", page: "FileReader + JSON.stringify" };
const PARTS = { built: "until the body is handed to fetch", sent: "until it was sent and answered" };

/** Measures in Node (from bytes and from a Blob) and in Chromium (from a file that was chosen). */
export async function bodyReport({ browser, site }) {
  const file = await picture(browser, site, "nine.jpg", BYTES);
  const script = await bundle("image/send.mjs", "send.js");
  const rows = [
    ...(await inNode(script, file, site)),
    ...(await inPage(browser, file, site)),
  ];
  return {
    title: "A 9 MB JPEG sent inline",
    rows,
    notes: [
      `The picture has ${statSync(file).size} bytes; a server on this machine reads the body and answers. Ours checks the request and the picture's header on the way, the usual way checks nothing. Times are of warm rounds in turns, after a garbage collection each.`,
      knowsPeaks
        ? "Memory is how far a fresh process's resident memory rose above what it was right before, at its highest (`VmHWM`), until the answer was there. Of Chromium it is the sum over all its processes, since a body also lives in the browser's own and in the network's."
        : "Memory was not measured: only Linux tells the peak of a process.",
    ],
  };
}

async function inNode(script, file, site) {
  const program = join(here, "image/node.mjs");
  const ask = (...args) => measured(program, [args[0], script, file, site.url, ...args.slice(1)], ["--expose-gc"]);
  const rows = [];
  for (const [form, title] of Object.entries({ bytes: "a Uint8Array", blob: "a Blob" })) {
    const where = `Node, from ${title}`;
    now(`a picture sent inline, ${where}`);
    rows.push(...timeRows(where, USUAL.node, await ask("time", form, times(25, 4))));
    const rises = await memories(times(9, 2), async (name) => (await ask("memory", form, name))[0]);
    rows.push(...memoryRows(where, USUAL.node, rises));
  }
  return rows;
}

async function inPage(browser, file, site) {
  const where = "Chromium, from a chosen file";
  now(`a picture sent inline, ${where}`);
  const samples = await onPage(browser, site.url, async (page) => {
    await choose(page, file);
    return page.evaluate(rounds, { order: orders(times(25, 4)), url: site.url });
  });
  const rises = await memories(times(9, 2), (name) =>
    onPage(browser, site.url, async (page) => {
      await choose(page, file);
      await page.evaluate(() => import("/send.js").then(() => globalThis.gc()));
      const watch = peaks();
      watch.begin(await processes(browser));
      await page.evaluate(async ([way, url]) => {
        await (await import("/send.js"))[way](document.querySelector("input").files[0], url);
      }, [name, site.url]);
      return watch.rises(await processes(browser)).reduce((sum, rise) => sum + rise, 0);
    }));
  return [...timeRows(where, USUAL.page, samples), ...memoryRows(where, USUAL.page, rises)];
}

/** Chooses the file as a person would, so that the page has it as one on the disk. */
async function choose(page, file) {
  await page.setContent('<!doctype html><input type="file">');
  await page.setInputFiles("input", file);
}

/** Who goes first in each round; the first round warms up. */
function orders(count) {
  const random = seeded(5);
  return Array.from({ length: count + 1 }, () => shuffled(["rushes", "usual"], random));
}

/** Runs in the page. */
async function rounds({ order, url }) {
  const ways = await import("/send.js");
  const samples = { rushes: [], usual: [] };
  for (const [round, names] of order.entries()) {
    for (const name of names) {
      globalThis.gc();
      const { built, sent } = await ways[name](document.querySelector("input").files[0], url);
      if (round > 0) samples[name].push({ built, sent });
    }
  }
  return samples;
}

/** The ids of Chromium's processes. */
async function processes(browser) {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.map(({ id }) => id);
  } finally {
    await session.detach();
  }
}

/** Megabytes, in turns; nothing where nothing is known. */
async function memories(count, sample) {
  const rises = { rushes: [], usual: [] };
  for (const names of knowsPeaks ? orders(count - 1) : []) {
    for (const name of names) rises[name].push((await sample(name)) / 1e6);
  }
  return rises;
}

function timeRows(where, usual, samples) {
  return Object.entries(PARTS).flatMap(([part, title]) => {
    const [ours, theirs] = [samples.rushes, samples.usual].map((list) => list.map((sample) => sample[part]));
    const name = `${where}, ${title}`;
    return [sampled(`${name}: rushes`, ours, "ms"), compared(sampled(`${name}: ${usual}`, theirs, "ms"), ours, theirs)];
  });
}

function memoryRows(where, usual, { rushes, usual: theirs }) {
  if (rushes.length === 0) return [];
  const name = `${where}, peak memory`;
  return [
    sampled(`${name}: rushes`, rushes, "MB"),
    compared(sampled(`${name}: ${usual}`, theirs, "MB"), rushes, theirs),
  ];
}
