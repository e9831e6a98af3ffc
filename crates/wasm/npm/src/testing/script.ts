// What a stand-in for the provider is told to do, as plain data.

import type { TaskStatus } from "rushes";

/**
 * Something that goes wrong with one call.
 *
 * Where `accepted` is taken, it says whether a create was accepted, and billed, before that: what the caller cannot
 * know. It means nothing for other calls.
 */
export type Fault =
  /** No connection is made, and the caller can tell: Node's `ECONNREFUSED`. Surely not accepted. */
  | { kind: "unreachable" }
  /** The connection breaks before any answer. `accepted`: default false. */
  | { kind: "reset"; accepted?: boolean }
  /** No answer ever comes. `accepted`: default true. */
  | { kind: "silence"; accepted?: boolean }
  /** HTTP 429. `retryAfter`: seconds, or an HTTP date; left out, there is no such header. */
  | { kind: "rate_limit"; retryAfter?: number | string }
  /**
   * An error in the provider's documented form. `status`: default the one documented for the reason. `accepted`:
   * default false.
   */
  | { kind: "refusal"; reason: Refusal; status?: number; message?: string; accepted?: boolean }
  /** A page of HTML instead of an answer, as proxies give it. `status`: default 502. `accepted`: default false. */
  | { kind: "html"; status?: number; accepted?: boolean }
  /** HTTP 200 with half a JSON text. `accepted`: default true. */
  | { kind: "malformed"; accepted?: boolean }
  /** HTTP 200, and the connection breaks in the middle of the body. `accepted`: default true. */
  | { kind: "cut"; accepted?: boolean }
  /** The right answer, but its body takes so many milliseconds. */
  | { kind: "slow"; ms: number }
  /** HTTP 200 to a create without a `task_id`. `accepted`: default true. */
  | { kind: "no_task_id"; accepted?: boolean }
  /** Any answer at all. `status`: default 200. `accepted`: default false. */
  | { kind: "answer"; body: unknown; status?: number; headers?: Record<string, string>; accepted?: boolean };

/** A reason of the provider's documented errors; others are passed on as they are. */
export type Refusal = keyof typeof REFUSALS | (string & {});

/** HTTP status per documented reason. Source: the provider's error tables. */
export const REFUSALS = {
  INVALID_REQUEST_BODY: 400,
  IMAGE_FILE_EXCEEDS_MAX_SIZE: 400,
  INVALID_IMAGE_FORMAT: 400,
  IMAGE_EXCEEDS_MAX_RESOLUTION: 400,
  INVALID_IMAGE_SIZE: 400,
  ILLEGAL_PROMPT: 400,
  ILLEGAL_IMAGE_CONTENT: 400,
  BILLING_BALANCE_NOT_ENOUGH: 400,
  NOT_ENOUGH_BALANCE: 403,
  NOT_ENOUGH_BUDGET: 403,
  MISSING_API_KEY: 401,
  INVALID_API_KEY: 401,
  FAILED_TO_AUTH: 401,
  BILLING_AUTH_FAILED: 403,
  API_NOT_ALLOWED: 403,
  FEATURE_NOT_ALLOWED: 403,
  NEED_REAL_NAME_VERIFY: 403,
  API_NOT_FOUND: 404,
  TASK_NOT_FOUND: 404,
  RATE_LIMIT_EXCEEDED: 429,
  ANONYMOUS_ACCESS_QUOTA_EXCEEDS: 429,
  BILLING_FAILED: 500,
  CREATE_TASK_FAILED: 500,
  GET_RESULT_FAILED: 500,
  TASK_FAILED: 500,
  SERVICE_NOT_AVAILABLE: 503,
} as const;

/** Where a task stands at some time. */
export interface TaskState {
  /** What tells a fault from a state. */
  kind?: never;
  /** One of the five words, or any other as the API would spell it (`TASK_STATUS_DREAMING`). */
  status: TaskStatus | (string & {});
  /** Milliseconds it stands there; left out, until it was read once. The last state of a script stands for ever. */
  ms?: number;
  /** 0 to 100. */
  progress_percent?: number;
  /** Seconds to go. */
  eta?: number;
  /** Why it failed. */
  reason?: string;
  /** Whether a task that succeeded has its video's URL. Default true. */
  video?: boolean;
}

/** What a read finds: a state, its bare word, or a fault. */
export type Read = TaskState | TaskStatus | Fault;

/** What one create comes to, and the task it may make. */
export interface Step {
  /** What goes wrong with the create. Left out, it is checked, and accepted if it is right. */
  fault?: Fault;
  /** What the task's reads find, one after the other. Default: queued, processing, succeeded. */
  reads?: readonly Read[];
  /** What goes wrong with requests for the video's file, one after the other. Left out, nothing does. */
  files?: readonly Fault[];
}

/** A call as the stand-in saw it. Keys are not kept. */
export interface Call {
  /** What was asked for; `other` is a route that the provider does not have. */
  kind: "create" | "read" | "file" | "other";
  /** `GET`, `POST`, … */
  method: string;
  url: string;
  /** The text of the body, if there was one. */
  body: string | null;
  /** Milliseconds, as the stand-in's clock showed. */
  at: number;
  /** Whether the signal that came along was aborted before the answer was given. */
  readonly aborted: boolean;
}

/** Whether a create that met this fault was accepted all the same. */
export function isAccepted(fault: Fault): boolean {
  const told = "accepted" in fault ? fault.accepted : undefined;
  return told ?? ["silence", "malformed", "cut", "slow", "no_task_id"].includes(fault.kind);
}

/** Whether what a read finds is a fault. */
export function isFault(read: Read): read is Fault {
  return typeof read === "object" && read.kind !== undefined;
}
