import type { Failure } from "./raw.js";

import type { Arrival } from "./http.js";
import type { Task } from "./task.js";
import type { Issue } from "./types.js";

/**
 * What went wrong, and so what to do:
 *
 * - `invalid`: the request breaks a rule; see `issues`. Nothing was sent, or the provider refused it.
 * - `image`: the provider refuses the image, or the file given cannot be read (`status` is undefined then).
 * - `moderation`: the provider refuses the content.
 * - `balance`, `auth`, `permission`: the account's owner must act.
 * - `not_found`: no such route or task.
 * - `rate_limit`: too many requests; see `retryAfter`.
 * - `provider`: the provider's own trouble.
 * - `unsure`: nobody knows whether the request was accepted; it may have been billed. Never sent again by itself.
 * - `network`: surely not sent, or a read that got no answer.
 * - `task_failed`: the task ended badly; see `reason`.
 * - `timeout`: stopped waiting; the task goes on, and `task.result()` waits again, at no cost.
 * - `store`: the client's store failed. A create that is rejected with it was surely not sent; `onProblem` is told of
 *   what was.
 * - `unsupported`: this place cannot run WebAssembly; the message names the setting.
 */
export type RushesErrorKind =
  | "invalid"
  | "image"
  | "moderation"
  | "balance"
  | "auth"
  | "permission"
  | "not_found"
  | "rate_limit"
  | "provider"
  | "unsure"
  | "network"
  | "task_failed"
  | "timeout"
  | "store"
  | "unsupported";

const brand: unique symbol = /* @__PURE__ */ Symbol.for("rushes.RushesError") as never;

/** What a {@link RushesError} is made of; tests may make some. Each part is told at the error's own field. */
export interface RushesErrorParts {
  /** See {@link RushesError.kind}. */
  kind: RushesErrorKind;
  /** A sentence a person can act on. */
  message: string;
  /** See {@link RushesError.issues}; default none. */
  issues?: readonly Issue[] | undefined;
  /** See {@link RushesError.status}. */
  status?: number | null | undefined;
  /** See {@link RushesError.reason}. */
  reason?: string | null | undefined;
  /** See {@link RushesError.detail}. */
  detail?: string | null | undefined;
  /** See {@link RushesError.retryAfter}: milliseconds. */
  retryAfter?: number | null | undefined;
  /** See {@link RushesError.retryable}; default false. */
  retryable?: boolean | undefined;
  /** See {@link RushesError.body}. */
  body?: unknown;
  /** See {@link RushesError.requestId}. */
  requestId?: string | undefined;
  /** See {@link RushesError.task}. */
  task?: Task | undefined;
  /** The error behind it, as of any `Error`. */
  cause?: unknown;
}

/** The fields of an error of which nothing is known: each is there, in every error. */
const NOTHING_KNOWN = {
  kind: undefined,
  issues: [] as const,
  status: undefined,
  reason: undefined,
  detail: undefined,
  retryAfter: undefined,
  retryable: false,
  body: undefined,
  requestId: undefined,
  task: undefined,
};

/**
 * Everything that Rushes throws, but for an aborted signal's own reason and plain mistakes in calling it (`TypeError`).
 *
 * @example
 * ```ts
 * try {
 *   await rushes.textToVideo.create(request);
 * } catch (error) {
 *   if (RushesError.is(error) && error.kind === "unsure") warn("Look at the account before sending this again.");
 * }
 * ```
 */
export class RushesError extends Error {
  /** What went wrong. */
  declare readonly kind: RushesErrorKind;
  /** What is wrong with the request, in the order of the API's tables, where that is known; otherwise empty. */
  declare readonly issues: readonly Issue[];
  /** HTTP status, if an answer came. */
  declare readonly status: number | undefined;
  /** The provider's own reason code, such as `ILLEGAL_PROMPT`; for `task_failed` what it says of the failure. */
  declare readonly reason: string | undefined;
  /** The provider's own words, if any: text, never HTML. */
  declare readonly detail: string | undefined;
  /** Milliseconds the provider asked to wait, if it did. */
  declare readonly retryAfter: number | undefined;
  /** Whether the same call may be made again, and may help, without the risk of paying twice. */
  declare readonly retryable: boolean;
  /** The answer's body, if one came: parsed where it is JSON, otherwise its text. The client's key is taken out of it. */
  declare readonly body: unknown;
  /** What the provider calls the request (`x-request-id` or `x-trace-id`), where it says so: for its support. */
  declare readonly requestId: string | undefined;
  /** The task it is about, whenever there is one. */
  declare readonly task: Task | undefined;

  /** For tests, and for what stands in for the provider; the package itself makes all others. */
  constructor({ message, cause, ...parts }: RushesErrorParts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "RushesError";
    Object.assign(this, NOTHING_KNOWN);
    for (const [name, value] of Object.entries(parts)) if (value != null) Object.assign(this, { [name]: value });
  }

  /** Whether it is one, made by whatever copy of this package (where `instanceof` fails). */
  static is(error: unknown): error is RushesError {
    try {
      return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[brand] === true;
    } catch {
      return false;
    }
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** What of it can be stored or sent on: without the cause, the body and the stack. */
  toJSON(): Record<string, unknown> {
    const { body: _, ...told } = this;
    return { ...told, message: this.message, task: this.task?.toJSON() };
  }
}

/** @internal An error from what core says of an arrival. */
export function failed(failure: Failure, arrival: Arrival | undefined, task?: Task): RushesError {
  return new RushesError({
    kind: failure.kind as RushesErrorKind,
    message: failure.message,
    status: failure.status,
    reason: failure.reason ?? (failure.kind === "task_failed" ? failure.detail : null),
    detail: failure.detail,
    retryAfter: failure.retry_after_ms,
    retryable: failure.retryable,
    body: arrival?.raw,
    requestId: arrival?.requestId,
    cause: arrival?.cause,
    task,
  });
}

/** @internal The error of a request that core does not let pass. */
export function invalid(issues: readonly Issue[]): RushesError {
  const errors = issues.filter((issue) => issue.severity === "error");
  const list = errors.map((issue) => (issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`));
  return new RushesError({ kind: "invalid", message: list.join("\n"), issues });
}
