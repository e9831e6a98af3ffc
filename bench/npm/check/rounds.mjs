// The rounds of the check: every contender a batch a round, in an order that changes, all in one run of one engine.

import { seeded, shuffled } from "../kit/stats.mjs";
import { BLIND, CONTENDERS } from "./contenders.mjs";
import { CASES } from "./requests.mjs";

const DEFAULTS = { duration: 5, cfg_scale: 0.5, aspect_ratio: "16:9", sound: false };

/** What is seen of every result, so that no engine can leave the work out. */
let seen = 0;

/** Looks at the end of a text: an engine that holds it in pieces has to put them together now. */
const look = (text) => {
  seen += text.length + text.charCodeAt(text.length - 1);
};

/** Looks at all that came of it: the JSON, or of each issue where and what it is, and its message. */
function lookAt(said, parts) {
  if (typeof said === "string") return look(said);
  for (const issue of said) for (const part of parts(issue)) if (part !== "") look(part);
}

/** Does the job so many times, with the requests that come next; milliseconds. */
function batch(job, requests, count) {
  const { work, parts, next } = job;
  job.next = next + count;
  const began = performance.now();
  for (let at = next; at < job.next; at += 1) lookAt(work(requests[at % requests.length]), parts);
  return performance.now() - began;
}

/** All must come to the same: the same JSON (whether defaults are sent or left out), or as many things wrong. */
function agree(name, contenders) {
  const { requests, accepted } = CASES[name];
  for (const request of requests) {
    const found = contenders.map(([who, { work }]) => [who, work(request)]);
    for (const [who, said] of found) {
      const [expected, actual] = accepted ? [canonical(JSON.stringify(request)), canonical(said)] : [4, said.length];
      if (actual !== expected) throw new Error(`${who} made ${actual} of ${JSON.stringify(request)}, not ${expected}`);
    }
  }
}

function canonical(body) {
  if (typeof body !== "string") return `issues ${JSON.stringify(body)}`;
  const fields = Object.entries({ ...DEFAULTS, ...JSON.parse(body) });
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Nanoseconds per request of each case and contender, one sample a round.
 *
 * `rounds` how many; `batchMs` how long a batch is to take, so that the clock's own steps do not matter; `warmMs` how
 * long each works before it counts.
 */
export function measure({ rounds, batchMs, warmMs }) {
  const random = seeded(7);
  const told = {};
  for (const [name, { requests, accepted }] of Object.entries(CASES)) {
    const contenders = Object.entries(CONTENDERS)
      .filter(([who]) => accepted || who !== BLIND)
      .map(([who, { make, parts }]) => [who, { work: make(), parts, next: 0 }]);
    agree(name, contenders);
    const counts = new Map(contenders.map(([who, job]) => [who, counted(job, requests, batchMs, warmMs)]));
    const samples = Object.fromEntries(contenders.map(([who]) => [who, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [who, job] of shuffled(contenders, random)) {
        const count = counts.get(who);
        samples[who].push((batch(job, requests, count) / count) * 1e6);
      }
    }
    told[name] = samples;
  }
  return { seen, told };
}

/** How many fill a batch, after a warm-up: by the fastest of some passes, so that an interruption does not count. */
function counted(job, requests, batchMs, warmMs) {
  for (let spent = 0; spent < warmMs; ) spent += batch(job, requests, requests.length);
  const passes = Array.from({ length: 9 }, () => batch(job, requests, 4 * requests.length));
  return Math.max(1, Math.ceil((batchMs / Math.max(Math.min(...passes), 0.005)) * 4 * requests.length));
}
