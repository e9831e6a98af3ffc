import { plain } from "#plain";

import { ask, core, discard } from "./core.js";
import { invalid } from "./error.js";
import { Heard } from "./heard.js";
import { bytesOf, fieldsOf, isBlob, walk } from "./tape.js";
import type { CheckResult, Endpoint, Estimate, Issue, Rates, RequestOf } from "./types.js";

/** @internal The fields that take a file. */
export const IMAGE_FIELDS = ["image", "end_image"] as const;

/**
 * WebAssembly's memory only grows. After a file of more than so many bytes the instance is let go, so that the memory
 * of its copies and their base64 can be reclaimed; the next call makes another in about a millisecond.
 */
const LARGE_FILE = 1 << 20;

/** Stands for a file where only the price is asked. */
const SOME_IMAGE = "https://example.com/image.png";

/**
 * Checks a request against every rule of the API at once, without a network. Synchronous, and never throws for what
 * `value` holds: getters that throw, cycles and symbols are issues too.
 *
 * A `Blob` or `File` can only be read asynchronously, so here it is an issue; `create` and `schemas` take it, and
 * `new Uint8Array(await file.arrayBuffer())` makes of it what this function takes.
 *
 * @example
 * ```ts
 * check("text-to-video", { prompt: "A fox", duration: 16 });
 * // { ok: false, issues: [{ path: "/duration", code: "out_of_range", limit: { min: 3, max: 15 }, actual: 16, … }] }
 * ```
 */
export function check<E extends Endpoint>(endpoint: E, value: unknown): CheckResult<E> {
  const found = judge(endpoint, value);
  if (found.ok) {
    return { ok: true, request: found.request as unknown as RequestOf<E>, body: found.body, warnings: found.issues };
  }
  for (const issue of found.issues) {
    if (issue.code !== "wrong_type" || !found.blobs?.includes(issue.path)) continue;
    issue.hint = "check() is synchronous and cannot read a Blob: give it `new Uint8Array(await blob.arrayBuffer())`";
  }
  return { ok: false, issues: found.issues };
}

/** @internal What core makes of a value; where it is bad, with the paths of the `Blob`s that were met on the way. */
export type Judged =
  | { ok: true; path: string; body: string; seconds: number; request: Record<string, unknown>; issues: Issue[] }
  | { ok: false; issues: Issue[]; blobs?: readonly string[] };

const heard: Record<Endpoint, Heard> = /* @__PURE__ */ (() => ({ "text-to-video": new Heard(), "image-to-video": new Heard() }))();

/**
 * @internal Most requests are seen to be good or wrong without asking core (build/plain.mjs). What is wrong with a value,
 * core alone says; part of that was written down when the package was built, part is remembered.
 */
export function judge(endpoint: Endpoint, value: unknown): Judged {
  known(endpoint);
  // A field is read once, so that nobody is told of another value than was looked at.
  const fields = fieldsOf(value);
  const seen = fields && plain[endpoint](fields, heard[endpoint].recall);
  if (seen !== undefined) return seen;
  const walked = walk(fields ?? value);
  const found = ask((live) => live.check(endpoint, walked));
  if (walked.files.some((file) => file.length > LARGE_FILE)) discard(core());
  if (!found.ok) {
    found.blobs = walked.blobs;
    if (fields) heard[endpoint].remember(fields, found.issues);
  }
  return found;
}

/** @internal The accepted request, with the files that were given in their places. */
export function accepted<E extends Endpoint>(request: Record<string, unknown>, given: unknown): RequestOf<E> {
  const filled: Record<string, unknown> = { ...request };
  for (const name of IMAGE_FIELDS) {
    const source = name in filled ? (given as Record<string, unknown>)[name] : undefined;
    if (typeof source === "object" && source !== null && !(source instanceof URL)) filled[name] = source;
  }
  return filled as unknown as RequestOf<E>;
}

/**
 * What a request will probably cost. The built-in prices were read second hand and are an estimate, never a promise;
 * `rates` overrides them. An image may be any file here: its content changes no price.
 *
 * @throws RushesError of kind `invalid` for a request that the API would refuse.
 *
 * @example
 * ```ts
 * estimate("text-to-video", { prompt: "A fox", duration: 8, sound: true }).usd; // 1.008
 * ```
 */
export function estimate<E extends Endpoint>(endpoint: E, request: RequestOf<E>, rates: Rates = {}): Estimate {
  known(endpoint);
  const walked = walk([withoutFiles(request), rates.source, rates.asOf]);
  const found = ask((core) => core.estimate(endpoint, walked, rates.silent, rates.sound));
  if (found.estimate === null) throw invalid(found.issues);
  return found.estimate;
}

function withoutFiles(request: unknown): unknown {
  if (typeof request !== "object" || request === null) return request;
  const copy: Record<string, unknown> = { ...request };
  for (const name of IMAGE_FIELDS) {
    if (isBlob(copy[name]) || bytesOf(copy[name]) !== undefined) copy[name] = SOME_IMAGE;
  }
  return copy;
}

function known(endpoint: string): void {
  if (endpoint !== "text-to-video" && endpoint !== "image-to-video") {
    throw new TypeError('the endpoint is "text-to-video" or "image-to-video"');
  }
}
