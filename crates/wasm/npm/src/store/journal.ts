// Writes each create down: before it is sent, and what came of it.

import { RushesError, type Confirmed, type Intent, type IntentStore, type StoredImage, type TaskJSON } from "rushes";

import { abortable, after } from "../http.js";

/** Where intents are kept. */
export interface Keeper {
  /**
   * Keeps an intent in place of the one with the same `key`, if there is one; durably, once it resolves. Called before
   * a request is sent (`sending`), and again once it is known what came of it.
   *
   * Where the first call throws, rejects or takes over 10 seconds, nothing is sent. Where the second does, the task is
   * given, or the error thrown, all the same, and `onProblem` is told.
   */
  put(intent: Intent): unknown;
}

/** What any store can be told. */
export interface StoreOptions {
  /**
   * Told where something could not be kept though it was sent: a `RushesError` of kind `store` whose message names the
   * task, where there is one; and where something that was kept is damaged. What it throws is ignored. Default:
   * `console.warn`.
   */
  onProblem?: ((problem: Error) => void) | undefined;
}

/** Longest that a keeper is waited for, in milliseconds: one that hangs must not keep a task from its owner. */
const PATIENCE = 10_000;

/** The fields of a request that hold an image. */
const IMAGE_FIELDS = ["image", "end_image"];

/**
 * A store for `new Rushes({ store })` of whatever keeps things.
 *
 * @example
 * ```ts
 * const store = intentStore({ put: (intent) => database.upsert("intents", intent.key, intent) });
 * const rushes = new Rushes({ store });
 * ```
 */
export function intentStore(keeper: Keeper, options: StoreOptions = {}): IntentStore {
  if (typeof keeper?.put !== "function") throw new TypeError("intentStore takes an object with a method put");
  return { begin: (confirmed, signal) => begin(keeper, options, confirmed, signal) };
}

async function begin(keeper: Keeper, options: StoreOptions, confirmed: Confirmed, signal: AbortSignal | undefined): ReturnType<IntentStore["begin"]> {
  const { endpoint, seconds, baseURL } = confirmed;
  const key = `${Date.now()}-${String(Math.random()).slice(2)}-${String(Math.random()).slice(2)}`;
  const parts = { key, endpoint, createdAt: new Date().toISOString(), seconds, baseURL };
  const request = requestOf(confirmed);
  // As plain JSON, and without the client's key even where somebody wrote it into a prompt.
  const put = async (outcome: object): Promise<void> => {
    const text = JSON.stringify({ ...parts, request: await request, ...outcome });
    await keeper.put(JSON.parse(confirmed.scrub(text)) as Intent);
  };
  const first = put({ state: "sending" });
  try {
    await abortable(timely(first), signal);
  } catch (cause) {
    // It may be kept after all. Where this fails, too, it is shown as unsure, which is no less than is known there.
    first.then(() => put({ state: "unsent" })).catch(() => {});
    if (signal?.aborted === true) throw cause;
    const message = `The store failed, so nothing was sent: ${wordsOf(cause)}`;
    throw new RushesError({ kind: "store", message, retryable: true, cause });
  }
  return async ({ state, task, error }) => {
    const last = timely(put({ state, task, error: RushesError.is(error) ? error : undefined }));
    await abortable(last.catch((cause: unknown) => lost(options, state, task, cause)), signal).catch(() => {});
  };
}

/** Says that what came of a create could not be kept. */
function lost(options: StoreOptions, state: string, task: TaskJSON | undefined, cause: unknown): void {
  const told = task === undefined ? `that a request is ${state}` : `the task ${task.id}, so keep its id yourself`;
  tell(options, new RushesError({ kind: "store", message: `The store could not keep ${told}: ${wordsOf(cause)}`, cause }));
}

/** Tells whoever wants to know. */
export function tell({ onProblem = console.warn }: StoreOptions, problem: Error): void {
  try {
    onProblem(problem);
  } catch {
    // A task must reach its owner, whatever the one who is told does.
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "it did not say why";
}

/** The request as it is sent, but for its images: of those given as a file or as text there is size and digest only. */
async function requestOf({ outline, files }: Confirmed): Promise<Record<string, unknown>> {
  const request = JSON.parse(outline) as Record<string, unknown>;
  for (const name of IMAGE_FIELDS) {
    const source = request[name];
    const file = files.get(name);
    if (file !== undefined) request[name] = await digest(file);
    else if (typeof source === "string" && !/^\s*https?:/i.test(source)) request[name] = await digest(new Blob([source]));
  }
  return request;
}

async function digest(file: Blob): Promise<StoredImage> {
  // Pages over plain http and Node 18 have none.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return { bytes: file.size, sha256: null };
  const hash = await subtle.digest("SHA-256", await file.arrayBuffer());
  return { bytes: file.size, sha256: Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/** The same, but rejecting when it takes too long. */
function timely(work: Promise<void>): Promise<void> {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    stop = after(PATIENCE, () => reject(new Error(`it took longer than ${PATIENCE / 1000} seconds`)));
  });
  return Promise.race([work, late]).finally(() => stop());
}
