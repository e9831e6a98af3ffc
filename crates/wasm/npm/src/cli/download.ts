// Saves a video: to a file beside the one wanted, taken up again where it broke off, renamed when it is whole.

import { createHash } from "node:crypto";
import { link, open, rename, stat, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import type { Task } from "../index.js";
import { said, Stop } from "./codes.js";
import { size, type Say } from "./say.js";

/** One video to save. */
export interface Download {
  task: Task;
  /** Which of the task's videos. */
  index: number;
  url: string;
  file: string;
  force: boolean;
  say: Say;
  signal: AbortSignal;
}

/** Attempts in a row that brought nothing, until it is given up. */
const ATTEMPTS_MAX = 5;
/** Pause after the first of them, in milliseconds; doubled each time. */
const PAUSE = 500;
/** Longest pause that a server is obeyed in, in milliseconds. */
const PAUSE_MAX = 60_000;
/** Milliseconds without a byte that end an attempt. */
const STALLED = 60_000;

/** What an attempt came to. */
type Outcome = "whole" | "broken" | "expired" | { later: number };

/** Saves it, and gives its size in bytes. */
export async function download(job: Download): Promise<number> {
  const part = partOf(job);
  let { url } = job;
  let renewed = false;
  for (let failures = 0; ; ) {
    const before = await sizeOf(part);
    const outcome = await attempt({ ...job, url }, part, before);
    if (outcome === "whole") break;
    job.signal.throwIfAborted();
    if (outcome === "expired") {
      if (renewed) throw new Stop("not_found", 8, "The video's link has expired, and the provider gives no other.");
      renewed = true;
      url = await freshUrl(job);
      continue;
    }
    failures = (await sizeOf(part)) > before ? 1 : failures + 1;
    if (failures >= ATTEMPTS_MAX) throw givenUp(outcome);
    const asked = outcome === "broken" ? 0 : outcome.later;
    await pause(Math.max(asked, PAUSE * 2 ** (failures - 1)), undefined, { signal: job.signal }).catch(() => job.signal.throwIfAborted());
  }
  const bytes = await sizeOf(part);
  await put(part, job);
  return bytes;
}

/** Hidden, in the same folder (so that renaming moves no bytes), and of this task alone. */
function partOf({ file, task, index }: Download): string {
  const mark = createHash("sha256").update(`${task.id}\0${index}`).digest("hex").slice(0, 12);
  return join(dirname(file), `.${basename(file)}.${mark}.part`);
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

async function attempt(job: Download, part: string, have: number): Promise<Outcome> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  job.signal.addEventListener("abort", abort, { once: true });
  let timer = setTimeout(abort, STALLED);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, STALLED);
  };
  try {
    // As it lies there: a length can only be compared with bytes that nobody unpacks on the way.
    const headers: Record<string, string> = { "Accept-Encoding": "identity" };
    if (have > 0) headers["Range"] = `bytes=${have}-`;
    const response = await fetch(job.url, { headers, signal: stop.signal });
    return await take(response, job, part, have, alive);
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof Stop) throw error;
    return "broken";
  } finally {
    clearTimeout(timer);
    job.signal.removeEventListener("abort", abort);
  }
}

async function take(response: Response, job: Download, part: string, have: number, alive: () => void): Promise<Outcome> {
  const { status, headers } = response;
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  const total = range?.[2] === undefined || range[2] === "*" ? undefined : Number(range[2]);
  if (status === 416) {
    await response.body?.cancel();
    if (total === have) return "whole";
    // What is there is not the beginning of this file.
    await discard(part);
    return "broken";
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return refused(status, headers);
  }
  const goesOn = status === 206 && Number(range?.[1]) === have;
  if (status === 206 && !goesOn) {
    await response.body.cancel();
    await discard(part);
    return "broken";
  }
  const length = goesOn ? total : lengthOf(headers);
  const written = await write(response.body, part, goesOn ? have : 0, (bytes) => {
    alive();
    job.say.status(`saving ${job.file}  ${size(bytes)}${length === undefined ? "" : ` of ${size(length)}`}`, false);
  });
  job.say.done();
  if (length === undefined || written === length) return "whole";
  if (written > length) await discard(part);
  return "broken";
}

/** The file's size, where the server says it. */
function lengthOf(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  const isPacked = (headers.get("content-encoding") ?? "identity") !== "identity";
  return length === null || isPacked ? undefined : Number(length);
}

/** Statuses that say "not now"; others that blame the request mean that the link has expired. */
const NOT_NOW = [408, 425, 429];

function refused(status: number, headers: Headers): Outcome {
  if (status >= 400 && status < 500 && !NOT_NOW.includes(status)) return "expired";
  const seconds = Number(headers.get("retry-after") ?? 0);
  return { later: Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1000), PAUSE_MAX) : 0 };
}

/** Writes what comes from a place on, and gives the file's size. What breaks off stays. */
async function write(body: ReadableStream<Uint8Array>, part: string, from: number, tell: (bytes: number) => void): Promise<number> {
  const file = await onDisk(part, () => open(part, from > 0 ? "r+" : "w"));
  let at = from;
  try {
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      await onDisk(part, () => writeAll(file, bytes, at));
      at += bytes.length;
      tell(at);
    }
    await onDisk(part, () => file.sync());
  } finally {
    await file.close();
  }
  return at;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

/** Gives the whole file its name. Without --force it never takes the place of another, not even of one just made. */
async function put(part: string, { file, force }: Download): Promise<void> {
  if (force) return onDisk(file, () => rename(part, file));
  try {
    await link(part, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some disks know no links.
    const canLink = !["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "");
    if (canLink || (await stat(file).catch(() => undefined)) !== undefined) throw unwritable(file, error);
    return onDisk(file, () => rename(part, file));
  }
  await onDisk(part, () => unlink(part));
}

async function discard(part: string): Promise<void> {
  await onDisk(part, () => unlink(part));
}

async function onDisk<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): Stop {
  return new Stop("file", 9, `${file} cannot be written: ${said(cause)}. The video is still at its link.`, { cause });
}

function givenUp(outcome: Outcome): Stop {
  const message = "The video could not be fetched whole. It is not lost, and neither is what came of it: try again.";
  return outcome === "broken" ? new Stop("network", 5, message) : new Stop("provider", 6, message);
}

async function freshUrl({ task, index, signal }: Download): Promise<string> {
  for await (const { videos } of task.updates({ signal })) {
    const url = videos[index]?.url;
    if (url !== undefined) return url;
  }
  throw new Stop("not_found", 8, "The video's link has expired, and the provider gives no other.");
}
