// How long the local engine takes for a draft, against how long the draft plays: drawing, sound, encoding and muxing,
// through the real server, as a user would ask for it.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import { startService } from "../support/service.mjs";

const RUNS = 3;
const SECONDS = 5;
const PROMPT = "A fox leaps over a mossy log in the morning mist, slow push in, soft light between the trees";
const GIVE_UP_AFTER_MS = 120_000;

const data = await mkdtemp(join(tmpdir(), "rushes-bench-"));
const server = await startService(data);
try {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await render(server.origin));
  times.sort((a, b) => a - b);
  const median = times[Math.floor(RUNS / 2)];
  console.log(JSON.stringify({
    title: `Animatic: ${SECONDS} s of 720p with sound, from the request to the finished file`,
    rows: [
      { name: "time, median", value: round(median), unit: "s" },
      { name: "time, worst", value: round(times.at(-1)), unit: "s" },
      { name: "time per second of video", value: round(median / SECONDS), unit: "s/s", budget: "animatic.seconds_per_second" },
    ],
    notes: [`${RUNS} runs of the release server on ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}), Node ${process.versions.node}.`],
  }));
} finally {
  await server.stop();
  await rm(data, { recursive: true, force: true });
}

/** Seconds from sending a request to seeing its task succeed. */
async function render(origin) {
  const began = performance.now();
  const { task_id: id } = await json(`${origin}/v3/async/kling-v3.0-std-t2v`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt: PROMPT, duration: SECONDS, aspect_ratio: "16:9", sound: true }),
  });
  while (performance.now() - began < GIVE_UP_AFTER_MS) {
    const { task } = await json(`${origin}/v3/async/task-result?task_id=${id}`);
    if (task.status === "TASK_STATUS_SUCCEED") return (performance.now() - began) / 1000;
    if (task.status === "TASK_STATUS_FAILED") throw new Error(`the draft failed: ${task.reason}`);
    await sleep(20);
  }
  throw new Error(`the draft was not ready after ${GIVE_UP_AFTER_MS / 1000} s`);
}

async function json(url, init) {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init?.method ?? "GET"} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
