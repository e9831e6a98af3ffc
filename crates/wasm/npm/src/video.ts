import type { Media } from "./raw.js";

import { ask } from "./core.js";
import { failed, RushesError } from "./error.js";
import { abortable, NO_CELLS, send } from "./http.js";
import { signalOf } from "./options.js";
import type { Task, TaskContext } from "./task.js";
import type { CallOptions } from "./types.js";

/** One video of a {@link TaskResult}. */
export interface Video {
  /** Where it is, for about an hour. */
  url: string;
  /** When the URL stops working, as far as the provider says. */
  expiresAt: Date | null;
  /** `mp4`, … as given. */
  type: string | null;
  /**
   * Fetches the file. Where the URL has expired, the provider is asked once for another. The key is never sent along.
   *
   * @throws RushesError of kind `not_found` (expired, and there is no other), `rate_limit`, `network` or `provider`;
   * or the signal's reason.
   */
  blob(options?: CallOptions): Promise<Blob>;
}

/** @internal The videos of a task as it was read at a time. */
export function videosOf(task: Task, context: TaskContext, media: readonly Media[], readAt: number): Video[] {
  return media.map(({ url, ttl_secs, kind }, index) => ({
    url,
    expiresAt: ttl_secs === null ? null : new Date(readAt + ttl_secs * 1000),
    type: kind,
    blob: async (options = {}) => blobOf({ task, context, index, signal: signalOf(options) }, url),
  }));
}

/** One fetching of a file. */
interface Job {
  task: Task;
  context: TaskContext;
  index: number;
  signal: AbortSignal | undefined;
}

/** Statuses of a file's server that say "not now", of all that blame the request. Others mean that the URL expired. */
const NOT_NOW = [408, 425, 429];

async function blobOf(job: Job, url: string): Promise<Blob> {
  let response = await download(job, url);
  if (hasExpired(response)) {
    drop(response);
    const fresh = await freshUrl(job);
    if (fresh !== url) response = await download(job, fresh);
  }
  if (response.ok) return whole(job, () => response.blob());
  drop(response);
  throw refusal(job, response);
}

/** Lets go of an answer that is not read, and so of its connection. */
function drop({ body, bodyUsed }: Response): void {
  if (!bodyUsed) void body?.cancel().catch(() => {});
}

function hasExpired({ status }: Response): boolean {
  return status >= 400 && status < 500 && !NOT_NOW.includes(status);
}

function download({ context, ...job }: Omit<Job, "index">, url: string): Promise<Response> {
  const { signal } = job;
  const fetch = context.host.fetch();
  // The page's own address is nobody's business at the file's host.
  const init: RequestInit = { referrerPolicy: "no-referrer" };
  if (signal !== undefined) init.signal = signal;
  return whole(job, () => fetch(url, init));
}

/** Runs a step of the fetching: not at all where the signal was aborted before, and ended at once by it. */
async function whole<T>({ task, signal }: Pick<Job, "task" | "signal">, step: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await abortable(step(), signal);
  } catch (cause) {
    if (signal?.aborted === true) throw signal.reason;
    const message = "The video file could not be fetched. Its server may be out of reach, or not let pages read it.";
    throw new RushesError({ kind: "network", message, retryable: true, task, cause });
  }
}

async function freshUrl({ task, context, index, signal }: Job): Promise<string> {
  const { host, timeout } = context;
  const { path, most } = ask((core) => ({ path: core.read_path(task.id), most: core.timeout_ms(undefined) }));
  const arrival = await send(host, { method: "GET", path, timeout: Math.min(most, timeout ?? Infinity) }, signal);
  const look = ask((core) => core.was_read(task.id, arrival, Date.now()));
  if (look.failure !== null) throw failed(look.failure, arrival, task);
  const media = look.state?.task.videos[index];
  if (media === undefined) throw expired(task, undefined);
  return media.url;
}

function refusal({ task }: Job, response: Response): RushesError {
  const { status, headers } = response;
  if (hasExpired(response)) return expired(task, status);
  const retryAfter = headers.get("retry-after") ?? undefined;
  const answer = { arrived: "text" as const, status, retryAfter, text: "", cells: NO_CELLS };
  const { failure } = ask((core) => core.was_read(task.id, answer, Date.now()));
  const message = `The video file's server does not give it now (HTTP ${status}). The video is not lost: try again.`;
  const kind = status === 429 ? "rate_limit" : "provider";
  return new RushesError({ kind, message, status, retryAfter: failure?.retry_after_ms, retryable: true, task });
}

function expired(task: Task, status: number | undefined): RushesError {
  const said = status === undefined ? "" : ` (HTTP ${status})`;
  const message = `The video's URL has expired, and the provider gives no other${said}.`;
  return new RushesError({ kind: "not_found", message, status, task });
}
