// What the options of calls have in common.

import type { CallOptions, HeadersLike } from "./types.js";

/** The signal of a call, by either of its names. */
export function signalOf({ signal, abortSignal }: CallOptions): AbortSignal | undefined {
  const given = signal ?? abortSignal ?? undefined;
  if (given !== undefined && typeof given.addEventListener !== "function") {
    throw new TypeError("signal is an AbortSignal; of an AbortController pass its `signal`");
  }
  return given;
}

/** A time-out in milliseconds; infinite where it is `null`, `undefined` where it is not given. */
export function timeoutOf(given: number | null | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (given === null) return Infinity;
  if (typeof given === "number" && given > 0) return given;
  throw new TypeError("timeout is a number of milliseconds above 0, or null for none");
}

/** Headers as a plain object with small letters in its names. */
export function headersOf(given: HeadersLike | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(given as Headers));
}
