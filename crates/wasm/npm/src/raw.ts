// What core says, and the shape of the module's exports.

import type { Judged } from "./check.js";
import type { Walked } from "./tape.js";
import type { Issue } from "./types.js";

/** What core says went wrong. */
export interface Failure {
  kind: string;
  status: number | null;
  reason: string | null;
  message: string;
  detail: string | null;
  retry_after_ms: number | null;
  retryable: boolean;
}

/** One file of a task's result. */
export interface Media {
  url: string;
  ttl_secs: number | null;
  kind: string | null;
}

/** A task's state, as core read it. */
export interface State {
  task: {
    status: string;
    reason: string | null;
    eta_secs: number | null;
    progress_percent: number | null;
    videos: Media[];
  };
  phase: "queued" | "processing" | "succeeded" | "failed" | "unknown";
  ended: boolean;
  problem: Failure | null;
}

/** What came of one look at a task. */
export interface Look {
  state: State | null;
  failure: Failure | null;
  lost: boolean;
  slow: boolean;
}

/** What an image's header says. */
export interface Summary {
  format: "png" | "jpeg" | null;
  width: number | null;
  height: number | null;
  orientation: number | null;
  bytes: number;
  issues: Issue[];
}

export interface HeaderProbe {
  wants(): readonly [start: number, end: number] | undefined;
  feed(bytes: Uint8Array): void;
  finish(path: string): Summary;
  free(): void;
}

export interface Watch {
  watch(id: string, ageMs: number, seconds: number | undefined, sound: boolean | undefined, now: number): void;
  sense(visible: boolean, online: boolean): void;
  forget(id: string): void;
  look_now(id: string, now: number): void;
  next(now: number): { read: string[]; waitUntil: number | null };
  saw(
    id: string,
    answer: Answered,
    nowUnixMs: number,
    now: number,
  ): Look;
}

export type Arrived = "json" | "text" | "not_sent" | "lost";

/** What came of a request. */
export interface Answered {
  arrived: Arrived;
  /** HTTP status; 0 without an answer. */
  status: number;
  /** The header, as it was. */
  retryAfter: string | undefined;
  /** The body's texts if it was JSON, else its beginning, or what the platform said when there was no answer. */
  text: string;
  /** JSON, laid out for core. */
  cells: Float64Array;
}

/** What core can be asked; bridge.ts makes it of an instance's exports. */
export interface Core {
  check(endpoint: string, walked: Walked): Judged;
  estimate(
    endpoint: string,
    walked: Walked,
    silentUsd: number | undefined,
    soundUsd: number | undefined,
  ): {
    estimate: { seconds: number; usd: number; ratePerSecond: number; source: string; asOf: string } | null;
    issues: Issue[];
  };
  created(
    answer: Answered,
    nowUnixMs: number,
    sent: number,
  ): { id: string | null; failure: Failure | null; resendMs: number | null };
  read_path(id: string): string;
  timeout_ms(bodyBytes: number | undefined): number;
  was_read(
    id: string,
    answer: Answered,
    nowUnixMs: number,
  ): Look;
  inspect_text(text: string, path: string): Summary;
  HeaderProbe: new (bytes: number) => HeaderProbe;
  Watch: new (maxReadsPerMinute: number | undefined, seed: number) => Watch;
}

/**
 * The exports of one instance (wasm/src/exports.rs): functions of numbers. Texts and tapes are written in the room;
 * what returns a length answers at `answer_at`. A watch or a probe is the number that its `_new` gave.
 */
export interface Raw {
  memory: WebAssembly.Memory;
  room(bytes: number): number;
  answer_at(): number;
  numbers_at(): number;
  check(text: number, cells: number, files: number, imageToVideo: boolean): number;
  estimate(text: number, cells: number, imageToVideo: boolean, silentUsd: number, soundUsd: number): number;
  created(text: number, cells: number, arrived: number, status: number, nowUnixMs: number, sent: number): number;
  read_path(text: number): number;
  timeout_ms(bodyBytes: number): number;
  was_read(text: number, cells: number, arrived: number, status: number, nowUnixMs: number): number;
  inspect_text(text: number, path: number): number;
  probe_new(bytes: number): number;
  probe_wants_from(probe: number): number;
  probe_wants_to(probe: number): number;
  probe_feed(probe: number, bytes: number): void;
  probe_finish(probe: number, text: number): number;
  probe_free(probe: number): void;
  watch_new(maxReadsPerMinute: number, seed: number): number;
  watch_watch(watch: number, text: number, ageMs: number, seconds: number, sound: boolean, now: number): number;
  watch_forget(watch: number, text: number): number;
  watch_look_now(watch: number, text: number, now: number): number;
  watch_next(watch: number, now: number): number;
  watch_saw(
    watch: number,
    text: number,
    cells: number,
    arrived: number,
    status: number,
    nowUnixMs: number,
    now: number,
  ): number;
  watch_sense(watch: number, visible: boolean, online: boolean): void;
  watch_free(watch: number): void;
}
