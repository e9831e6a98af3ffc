// Lets one client make one video in a process of its own, and prints what came of it. A client may end the process.

import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { CLIENTS } from "./clients.mjs";
import { outcomeOf } from "./outcome.mjs";
import { SCENARIOS } from "./scenarios.mjs";

/** How long after its call settled a client may still let a rejection go unobserved. */
const AFTER_MS = 400;
/** How long after a read was answered the signal is aborted: the client is then waiting for the next. */
const MIDWAY_MS = 150;

const [name, scenario, url, entry] = process.argv.slice(2);
const { fetch } = globalThis;

// Whatever a client's own address is, it reaches the faulty server.
globalThis.fetch = (input, init) => {
  const asked = new URL(input instanceof Request ? input.url : input);
  if (!/^https?:$/.test(asked.protocol)) return fetch(input, init);
  const there = new URL(asked.pathname + asked.search, url);
  return input instanceof Request ? fetch(new Request(there, input), init) : fetch(there, init);
};

const control = new AbortController();
const statuses = [];
const told = (status) => statuses.push(String(status));
const call = await CLIENTS[name].make({ url, entry: pathToFileURL(entry).href, told, signal: control.signal });
const { abort } = SCENARIOS[scenario];

let aborted;
const stop = () => {
  aborted = performance.now();
  control.abort();
};
if (abort === "before") stop();
if (abort === "midway") void midway();
const outcome = await outcomeOf(call);
const settled = performance.now();
await sleep(AFTER_MS);
console.log(JSON.stringify({ ...outcome, afterAbortMs: aborted === undefined ? null : settled - aborted, statuses }));
// Timers that a client left behind are its own affair; what it sent meanwhile was seen.
process.exit(0);

async function midway() {
  while ((await (await fetch(`${url}/__reads`)).text()) === "0") await sleep(20);
  await sleep(MIDWAY_MS);
  stop();
}
