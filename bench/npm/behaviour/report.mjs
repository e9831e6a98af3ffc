// The table of how each client behaves when things go wrong.

import { entry } from "../kit/ours.mjs";
import { now, versions } from "../kit/settings.mjs";
import { CLIENTS } from "./clients.mjs";
import { observe } from "./observe.mjs";
import { pagesWithoutNetwork } from "./page.mjs";
import { SCENARIOS } from "./scenarios.mjs";

/** Most clients at a time: they mostly wait. */
const AT_ONCE = 3;
/** Longest message shown. */
const SHOWN = 70;

/** Drives every client through every scenario. */
export async function behaviourReport(tools) {
  now("behaviour, in a page without a network");
  const pages = await pagesWithoutNetwork(tools);
  const found = await observeAll();
  const names = Object.keys(CLIENTS);
  const lines = Object.entries(SCENARIOS).map(([scenario, { title }]) =>
    [title, ...names.map((client) => cell(scenario, found.get(`${client} ${scenario}`)))]);
  const keys = names.map((client) => (found.get(`${client} post-reset`).seen.keys.length > 0 ? "yes" : "no"));
  lines.splice(3, 0, ["idempotency key on the POST", ...keys]);
  lines.push(["nobody at the other end, in a page of Chromium: POSTs tried", ...names.map((client) => pageCell(pages[client]))]);
  return {
    title: "Behaviour when things go wrong",
    tables: [{ head: ["scenario", ...names], lines }],
    notes: [
      `Every client with its defaults, in a Node process of its own, against one server that fails in the same way for all, in each one's own words. ${versions(...new Set(names.flatMap((client) => CLIENTS[client].packages)))}. Times of aborts are from the abort to the moment the caller knew, with nothing else running. "n/a": the client does not wait for videos, or its API has no statuses. The provider that ours speaks to takes no idempotency key: ours sends one only to a server of one's own, as here.`,
    ],
  };
}

/** By client and scenario; `undefined` where a scenario asks nothing of a client. */
async function observeAll() {
  const found = new Map();
  const open = { together: [], alone: [] };
  for (const [scenario, { abort, waits, statuses }] of Object.entries(SCENARIOS)) {
    for (const [client, { can }] of Object.entries(CLIENTS)) {
      if ((waits && !can.waits) || (statuses && !can.statuses)) continue;
      open[abort === undefined ? "together" : "alone"].push([client, scenario]);
    }
  }
  const work = async (list) => {
    for (let next = list.shift(); next !== undefined; next = list.shift()) {
      now(`behaviour, ${next.join(", ")}`);
      found.set(next.join(" "), await observe(...next, entry));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(open.together)));
  await work(open.alone);
  return found;
}

function cell(scenario, observed) {
  if (observed === undefined) return "n/a";
  const { seen, resolved, statuses, afterAbortMs } = observed;
  const [first, second] = seen.posts;
  const ended = outcome(observed);
  const after = afterAbortMs === null || afterAbortMs === undefined ? "" : ` after ${Math.round(afterAbortMs)} ms`;
  switch (scenario) {
    case "post-429":
      return second === undefined ? `not retried, ${ended}` : `${Math.round(second - first)} ms`;
    case "post-400":
      return observed.rejected ? `${ended}: ${shortened(observed.rejected.message)}` : ended;
    case "read-503":
      return resolved ? "recovers" : `fails: ${ended}`;
    case "read-odd":
      return resolved ? `goes on, ${statuses.includes("RESTING") ? "shown" : "not shown"}` : `fails: ${ended}`;
    case "abort-midway":
      return `${ended}${after}; remote ${seen.cancels > 0 ? "cancelled" : "goes on"}`;
    case "abort-before":
      return `${count(seen.posts.length)}, ${ended}${after}`;
    default:
      return `${seen.posts.length}, ${ended}`;
  }
}

function pageCell(observed) {
  return observed.refuses ? "refuses to run in a page" : `${observed.posts}, ${outcome(observed)}`;
}

/** What the caller got. */
function outcome({ crashed, resolved, rejected }) {
  if (crashed !== undefined) return `**${crashed}**`;
  if (resolved !== undefined) return `resolves with ${resolved}`;
  const { name, kind, isError } = rejected;
  if (!isError) return "rejects with what is no Error";
  return kind === null ? name : `${name} (${kind})`;
}

const count = (posts) => (posts === 1 ? "1 POST" : `${posts} POSTs`);

function shortened(message) {
  const line = message.replace(/\s+/g, " ");
  return `“${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}”`;
}
