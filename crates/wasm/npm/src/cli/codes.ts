// How the command ends.

import { RushesError, type RushesErrorKind } from "../index.js";

/** What the exit codes mean, by number; shown by `--help`. */
export const EXIT_CODES = {
  0: "all is well",
  1: "the task failed",
  2: "nothing can come of this call: wrong usage, or a request, image or content that is refused",
  3: "the key, the account's balance or its permissions",
  4: "unsure: the request may have been accepted and billed; look at the account before sending it again",
  5: "the network: nothing was sent, or the file could not be fetched",
  6: "the provider's trouble or too many requests: try again later",
  7: "stopped waiting (--timeout); the task goes on",
  8: "not found: the task, its video or the address",
  9: "a file could not be written; the video is still at its link",
  70: "a mistake in rushes itself, or a Node.js that cannot run it",
  130: "interrupted with Ctrl-C; the task goes on (143: ended by SIGTERM)",
} as const;

/** One of {@link EXIT_CODES}, or 143. */
export type ExitCode = keyof typeof EXIT_CODES | 143;

const BY_KIND: Record<RushesErrorKind, ExitCode> = {
  task_failed: 1,
  invalid: 2,
  image: 2,
  moderation: 2,
  balance: 3,
  auth: 3,
  permission: 3,
  unsure: 4,
  network: 5,
  provider: 6,
  rate_limit: 6,
  timeout: 7,
  not_found: 8,
  // The command has no store.
  store: 70,
  unsupported: 70,
};

/** An end that is not about the API: wrong usage, a file, an interruption. */
export class Stop extends Error {
  constructor(
    /** What kind, for `--json`. */
    readonly kind: "usage" | "file" | "interrupted" | "not_found" | "network" | "provider" | "auth",
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Wrong usage. */
export function usage(message: string): Stop {
  return new Stop("usage", 2, message);
}

/** The exit code that an error means. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Stop) return error.exitCode;
  return RushesError.is(error) ? BY_KIND[error.kind] : 70;
}

/** What an error of the file system says, without the name of its system call. */
export function said(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: "it does not exist",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is no folder",
    EACCES: "it may not be opened",
    EPERM: "it may not be opened",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk is full",
    EEXIST: "it exists already",
    ERR_FS_FILE_TOO_LARGE: "it is far too large",
  };
  return words[code ?? ""] ?? message;
}
