// What the tests of the built package stand on: the package, a scripted fetch, and a clock that jumps.

import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

/** Where the built package is. */
export const folder = resolve(process.env.RUSHES_NPM_PACKAGE ?? join(import.meta.dirname, "../../../../target/npm/package"));

/** The package's names. */
export const rushes = await import(pathToFileURL(join(folder, "dist/index.js")).href);

export const KEY = "sk_live_very_secret_4711";

/** An answer with a JSON body. */
export const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

/** The answer to a read. */
export const state = (status, more = {}) => json({ task: { task_id: "t-1", status, ...more.task }, videos: more.videos ?? [] });

export const done = state.bind(null, "TASK_STATUS_SUCCEED", {
  videos: [{ video_url: "https://files.example/v.mp4", video_url_ttl: "3600", video_type: "mp4" }],
});

/** An error of Node's fetch, as undici makes it: the system call tells where it broke. */
export const broken = (code, syscall) =>
  Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(code), { code, ...(syscall && { syscall }) }) });

/** The same where a name has several addresses and each was tried. */
export const brokenAll = (...tries) =>
  Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new AggregateError(tries.map((one) => one.cause)), { code: tries[0].cause.code }) });

/** A body as JSON, whether it is text or a Blob. */
export const sentBody = (call) => new Response(call.body).json();

/** An error that tells nothing, as browsers give it. */
export const opaque = () => new TypeError("Failed to fetch");

/**
 * A fetch that answers by its script, the last step for ever; a step is a response, an error, or a function of the
 * call that gives one. `calls` says what was asked of it, `posts` and `gets` how often.
 */
export function scripted(...steps) {
  const calls = [];
  const fetch = async function (url, init) {
    const step = steps[Math.min(calls.length, steps.length - 1)];
    calls.push({ url: String(url), ...init, self: this });
    const answer = await (typeof step === "function" ? step(init, calls.length) : step);
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return {
    fetch,
    calls,
    get posts() {
      return calls.filter((call) => call.method === "POST").length;
    },
    get gets() {
      return calls.filter((call) => call.method === "GET").length;
    },
  };
}

/** A client of a scripted fetch. */
export function client(script, options = {}) {
  return new rushes.Rushes({ apiKey: KEY, fetch: script.fetch, ...options });
}

/** A task made an hour ago, so that it is looked at without delay. */
export const old = () => ({ id: "t-1", endpoint: "text-to-video", createdAt: new Date(Date.now() - 3_600_000).toISOString() });

/** What a promise is rejected with; fails where it is not. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it was not rejected");
}

/** A promise that stays pending. */
export const never = () => new Promise(() => {});

/**
 * Runs with a clock that jumps to the next timer as soon as nothing else is to be done, so that hours pass at once.
 * The work gets the function that tells how many milliseconds have passed.
 */
export async function jumping(work) {
  const real = { setTimeout, clearTimeout, now: Date.now, performanceNow: performance.now };
  const timers = new Map();
  let passed = 0;
  let ids = 0;
  const start = real.now();
  const begun = performance.now();
  globalThis.setTimeout = (call, ms = 0, ...args) => {
    timers.set(++ids, { due: passed + Math.max(0, ms), call: () => call(...args) });
    return ids;
  };
  globalThis.clearTimeout = (id) => void timers.delete(id);
  Date.now = () => start + passed;
  performance.now = () => begun + passed;
  let isOver = false;
  const jump = () => {
    if (isOver) return;
    const [id, next] = [...timers].sort(([a, x], [b, y]) => x.due - y.due || a - b)[0] ?? [];
    if (next !== undefined) {
      timers.delete(id);
      passed = Math.max(passed, next.due);
      next.call();
    }
    // Several turns, so that promises and streams that a timer set going come to their end first.
    turns(8, jump);
  };
  turns(8, jump);
  try {
    return await work({ passed: () => passed, pending: () => timers.size });
  } finally {
    isOver = true;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
    performance.now = real.performanceNow;
  }
}

function turns(count, then) {
  setImmediate(() => (count > 1 ? turns(count - 1, then) : then()));
}

/** A PNG file of that size in pixels: its header is right, its picture is not there. Padded to so many bytes. */
export function png(width, height, bytes = 64) {
  const file = new Uint8Array(bytes);
  const view = new DataView(file.buffer);
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, 13);
  file.set([0x49, 0x48, 0x44, 0x52], 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  file.set([8, 2, 0, 0, 0], 24);
  view.setUint32(29, crc(file.subarray(12, 29)));
  return file;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
