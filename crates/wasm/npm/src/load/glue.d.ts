// The shape of what build.mjs makes of wasm-bindgen's glue: a factory, so that each instance has a state of its own.

import type { Issue } from "../types.js";

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
  wants(): Float64Array | undefined;
  feed(bytes: Uint8Array): void;
  finish(path: string): Summary;
  free(): void;
}

export interface Watch {
  watch(id: string, ageMs: number, seconds: number | undefined, now: number): void;
  set_visible(visible: boolean): void;
  set_online(online: boolean): void;
  forget(id: string): void;
  look_now(id: string, now: number): void;
  next(now: number): { read: string[]; waitUntil: number | null };
  saw(
    id: string,
    arrived: Arrived,
    status: number,
    retryAfter: string | undefined,
    text: string,
    tape: Float64Array,
    nowUnixMs: number,
    now: number,
  ): Look;
  free(): void;
}

export type Arrived = "json" | "text" | "not_sent" | "lost";

/** The functions of one instance. */
export interface Core {
  check(
    endpoint: string,
    text: string,
    tape: Float64Array,
    files: Uint8Array[],
    wantsRequest: boolean,
  ): {
    sent: { path: string; body: string; seconds: number } | null;
    request: Record<string, unknown> | null;
    issues: Issue[];
  };
  estimate(
    endpoint: string,
    text: string,
    tape: Float64Array,
    silentUsd: number | undefined,
    soundUsd: number | undefined,
    source: string | undefined,
    asOf: string | undefined,
  ): {
    estimate: { seconds: number; usd: number; ratePerSecond: number; source: string; asOf: string } | null;
    issues: Issue[];
  };
  created(
    arrived: Arrived,
    status: number,
    retryAfter: string | undefined,
    text: string,
    tape: Float64Array,
    nowUnixMs: number,
    sent: number,
  ): { id: string | null; failure: Failure | null; resendMs: number | null };
  read_path(id: string): string;
  timeout_ms(bodyBytes: number | undefined): number;
  was_read(
    id: string,
    arrived: Arrived,
    status: number,
    retryAfter: string | undefined,
    text: string,
    tape: Float64Array,
    nowUnixMs: number,
  ): Look;
  inspect_text(text: string, path: string): Summary;
  HeaderProbe: new (bytes: number) => HeaderProbe;
  Watch: new (maxReadsPerMinute: number | undefined, seed: number) => Watch;
}

/** Makes one instance of the module. */
export function instantiate(module: WebAssembly.Module): Core;
