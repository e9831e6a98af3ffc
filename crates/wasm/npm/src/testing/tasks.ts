// A task that was accepted, and what its reads find.

import type { Endpoint } from "rushes";

import { isFault, type Fault, type Read, type TaskState } from "./script.js";

/** What reads find where a script says nothing else. */
const USUAL: readonly Read[] = ["queued", { status: "processing", progress_percent: 50 }, "succeeded"];

const STATUSES: Record<string, string> = {
  queued: "TASK_STATUS_QUEUED",
  processing: "TASK_STATUS_PROCESSING",
  succeeded: "TASK_STATUS_SUCCEED",
  failed: "TASK_STATUS_FAILED",
  unknown: "TASK_STATUS_UNKNOWN",
};

/** What the provider accepted, and bills. */
export interface BilledTask {
  /** The id that was given, or would have been had the answer arrived. */
  id: string;
  endpoint: Endpoint;
  /** The text of the body. */
  body: string;
  /** The same, parsed. */
  request: Record<string, unknown>;
  /** Seconds of video. */
  seconds: number;
  /** US dollars, an estimate. */
  usd: number;
  /** When it was accepted: milliseconds, as the clock showed. */
  at: number;
}

/** A task that was accepted. */
export class FakeTask {
  readonly billed: BilledTask;
  readonly files: Fault[];
  #reads: Read[];
  #since: number;

  constructor(billed: BilledTask, reads: readonly Read[] = USUAL, files: readonly Fault[] = []) {
    this.billed = billed;
    this.files = [...files];
    this.#reads = [...reads];
    this.#since = billed.at;
  }

  /** From now on, reads find this. */
  say(reads: readonly Read[], now: number): void {
    this.#reads = [...reads];
    this.#since = now;
  }

  /** What a read finds. */
  read(now: number): TaskState | Fault {
    for (;;) {
      const read = this.#reads[0] ?? "succeeded";
      const found = typeof read === "string" ? { status: read } : read;
      const isLast = this.#reads.length <= 1;
      if (isFault(found)) {
        // A fault passes: behind the last one, all goes well.
        this.#reads.shift();
        this.#since = now;
        return found;
      }
      if (isLast) return found;
      if (found.ms === undefined) {
        this.#reads.shift();
        this.#since = now;
        return found;
      }
      if (now < this.#since + found.ms) return found;
      this.#since += found.ms;
      this.#reads.shift();
    }
  }

  /** The documented answer for a state. */
  answer(state: TaskState, now: number, url: string, ttlSecs: number): unknown {
    const { status, progress_percent, eta, reason } = state;
    const { id, endpoint, at } = this.billed;
    const isDone = status === "succeeded" || status === STATUSES["succeeded"];
    const video = { video_url: url, video_url_ttl: String(ttlSecs), video_type: "mp4" };
    return {
      task: {
        task_id: id,
        task_type: endpoint === "text-to-video" ? "TXT_TO_VIDEO" : "IMG_TO_VIDEO",
        status: STATUSES[status] ?? status,
        reason: reason ?? "",
        progress_percent: progress_percent ?? 0,
        ...(eta === undefined ? {} : { eta }),
      },
      videos: isDone && state.video !== false ? [video] : [],
      images: [],
      audios: [],
      extra: {
        seed: "",
        debug_info: {
          request_info: "",
          submit_time_ms: String(at),
          execute_time_ms: "",
          complete_time_ms: isDone ? String(now) : "",
        },
      },
    };
  }
}
