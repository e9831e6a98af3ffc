// What runs in the tab: the package's own watcher, or a fixed wait between an answer and the next look.

import { Rushes } from "/rushes/index.js";

const look = (id) => `/v3/async/task-result?task_id=${encodeURIComponent(id)}`;
const endedMs = (answer) => Number(answer.extra.debug_info.complete_time_ms);

/** Watches all of them to their ends: the reads, how long that lasted, and how late each end was known, in order. */
export async function run(ids, seconds) {
  const begun = performance.now();
  let reads = 0;
  const count = (...given) => {
    reads += 1;
    return fetch(...given);
  };
  const lateMs = await (seconds === null ? ours(ids, count) : fixed(ids, seconds * 1000, count));
  lateMs.sort((one, other) => one - other);
  return { reads, lastedMs: performance.now() - begun, lateMs };
}

async function ours(ids, fetch) {
  const rushes = new Rushes({ baseURL: location.origin, fetch, maxReadsPerMinute: 60_000 });
  const lateMs = [];
  for await (const update of rushes.watch(ids)) {
    if (update.status === "succeeded") lateMs.push(Date.now() - endedMs(update.raw));
  }
  return lateMs;
}

function fixed(ids, waitMs, fetch) {
  return Promise.all(ids.map(async (id) => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const answer = await (await fetch(look(id))).json();
      if (answer.task.status === "TASK_STATUS_SUCCEED") return Date.now() - endedMs(answer);
    }
  }));
}
