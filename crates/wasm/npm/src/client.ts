import { ask } from "./core.js";
import { failed, invalid, RushesError } from "./error.js";
import { abortable, pause, randomName, send } from "./http.js";
import { hostOf, PROVIDER } from "./host.js";
import { headersOf, signalOf, timeoutOf } from "./options.js";
import { prepare } from "./prepare.js";
import { Task, TaskPromise, type TaskContext, type TaskUpdate } from "./task.js";
import type {
  CallOptions,
  CreateOptions,
  DebugEvent,
  Endpoint,
  HeadersLike,
  ImageToVideoRequest,
  InlineForm,
  Intent,
  IntentOutcome,
  IntentStore,
  TaskJSON,
  TextToVideoRequest,
} from "./types.js";
import { Watching } from "./watch.js";

/** What a client can be told; all of it optional. */
export interface RushesOptions {
  /**
   * The provider's key. Default: `NOVITA_API_KEY` where there is a `process.env` and `baseURL` is the provider's;
   * `null` for none. It is sent to `baseURL`'s origin alone, never over plain http but to this machine itself, and
   * shown nowhere.
   */
  apiKey?: string | null | undefined;
  /**
   * Where the three routes are. Default `https://api.novita.ai`; one's own gateway otherwise, in a page also relative
   * (`/api/novita`).
   */
  baseURL?: string | URL | undefined;
  /** A fetch of one's own; called as a plain function. A body with a file in it is a `Blob`, any other a string. */
  fetch?: typeof globalThis.fetch | undefined;
  /** More headers for every request to `baseURL`, such as a gateway's own. They do not replace those sent anyhow. */
  headers?: HeadersLike | undefined;
  /**
   * Milliseconds for one HTTP request, above 0; `null` for ever. Default: 20 s for a look; for a create 60 s, and as
   * much more as a slow line takes to send its images. A create that runs out of it is `unsure`.
   */
  timeout?: number | null | undefined;
  /** Most reads in any minute, all tasks together: 1 to 60000. Default 60. */
  maxReadsPerMinute?: number | undefined;
  /** How files are written into a request. Default `data-uri`. */
  inlineForm?: InlineForm | undefined;
  /** Told of every HTTP request and of what came of it; never of a header, a body or the key. What it throws is ignored. */
  debug?: ((event: DebugEvent) => void) | undefined;
  /**
   * Writes every create down before it is sent, and what came of it: after a crash it is known which requests may have
   * been billed, and which tasks there are. See `rushes/store` and `rushes/store/node`.
   */
  store?: IntentStore | undefined;
  /** Allows an `apiKey` in a web page, where everybody who opens the page can read it. Default false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/**
 * A client of the API.
 *
 * @example
 * ```ts
 * const rushes = new Rushes();
 * const task = await rushes.textToVideo.create({ prompt: "A fox leaps a mossy log", duration: 8, sound: true });
 * const { videos } = await task.result();
 * ```
 */
export class Rushes {
  /** Text to video. */
  readonly textToVideo: Creator<TextToVideoRequest>;
  /** Image to video. */
  readonly imageToVideo: Creator<ImageToVideoRequest>;
  readonly #context: TaskContext;

  /**
   * Sends nothing. In a web page a key needs `dangerouslyAllowBrowser`.
   *
   * @throws RushesError of kind `auth` for a key that must not or cannot be sent; `TypeError` for an option that is
   * none.
   */
  constructor(options: RushesOptions = {}) {
    const host = hostOf(options);
    const timeout = timeoutOf(options.timeout);
    const watching = new Watching(host, timeout, readsOf(options.maxReadsPerMinute));
    const { store } = options;
    if (store !== undefined && typeof store?.begin !== "function") throw new TypeError("store is one of rushes/store");
    const context = { host, timeout, watching, inlineForm: formOf(options.inlineForm), store };
    this.#context = context;
    this.textToVideo = new Creator("text-to-video", context);
    this.imageToVideo = new Creator("image-to-video", context);
  }

  /**
   * Takes up a task again: by its id, by what `task.toJSON()` gave, by what a store kept of it, or another client's.
   * Nothing is sent until it is watched.
   */
  task(stored: string | TaskJSON | Task | Extract<Intent, { state: "accepted" }>): Task {
    // Not by `instanceof`: it may be of another copy of this package.
    const task = stored as (Partial<Task> & { task?: TaskJSON }) | null | undefined;
    const json = typeof stored === "string" ? { id: stored } : { ...(task?.toJSON?.() ?? task?.task ?? (stored as TaskJSON)) };
    if (typeof json.id !== "string") throw new TypeError("rushes.task takes an id, or what was stored of a task");
    json.id = json.id.trim();
    try {
      ask((core) => core.read_path(json.id));
    } catch (cause) {
      if (RushesError.is(cause)) throw cause;
      throw new TypeError(cause instanceof Error ? cause.message : "not a task id", { cause });
    }
    return new Task(this.#context, json);
  }

  /**
   * Watches several tasks in one loop, by their ids, by what `toJSON()` gave, or themselves: one update a look, until
   * all have ended. They share the client's reads. See {@link Task.updates}.
   *
   * @example
   * ```ts
   * for await (const { id, status, videos } of rushes.watch(ids)) console.log(id, status, videos[0]?.url);
   * ```
   */
  watch(tasks: Iterable<string | TaskJSON | Task>, options: CallOptions = {}): AsyncIterableIterator<TaskUpdate> {
    const found = new Map<string, Task>();
    for (const stored of tasks) {
      const task = this.task(stored);
      found.set(task.id, task);
    }
    return Task.all([...found.values()], signalOf(options));
  }

  /** Without the key. */
  toJSON(): { baseURL: string } {
    return { baseURL: this.#context.host.baseURL };
  }

  /** Without the key. */
  toString(): string {
    return `Rushes(${this.#context.host.baseURL})`;
  }
}

/** Creates tasks of one kind. */
export class Creator<R> {
  readonly #endpoint: Endpoint;
  readonly #context: TaskContext;

  /** @internal */
  constructor(endpoint: Endpoint, context: TaskContext) {
    this.#endpoint = endpoint;
    this.#context = context;
  }

  /**
   * Checks the request and sends it, once. Only where it surely was not accepted (no connection, or 429 with a short
   * wait) is it sent again.
   *
   * @throws RushesError: `invalid` before anything is sent; `unsure` where nobody knows whether it was accepted (it
   * may have been billed, and is never sent again by itself); else the provider's refusal. An aborted signal's reason.
   */
  create(request: R, options: CreateOptions = {}): TaskPromise {
    return new TaskPromise(create(this.#context, this.#endpoint, request, options));
  }
}

async function create(context: TaskContext, endpoint: Endpoint, request: unknown, options: CreateOptions): Promise<Task> {
  const { host, inlineForm, store } = context;
  const signal = signalOf(options);
  const given = timeoutOf(options.timeout) ?? context.timeout;
  const headers = headersOf(options.headers);
  signal?.throwIfAborted();
  const files = new Map<string, Blob>();
  const prepared = await abortable(prepare(endpoint, request, inlineForm, signal, store && files), signal);
  if (!prepared.ok) throw invalid(prepared.issues);
  const { path, body, outline, seconds } = prepared;
  if (host.baseURL === PROVIDER && host.authorization() === undefined && !("authorization" in { ...host.headers, ...headers })) {
    throw noKey();
  }
  // Asked in any case: what core is needed for after the request was sent must not first fail then.
  const most = ask((core) => core.timeout_ms(typeof body === "string" ? body.length : body.size));
  const timeout = given ?? most;
  // Where there is none, nothing is written down either.
  host.fetch();
  const { baseURL, scrub } = host;
  const settle = await store?.begin({ endpoint, seconds, baseURL, outline, files, scrub }, signal);
  const name = randomName();
  let state: IntentOutcome["state"] = "unsent";
  try {
    for (let sent = 1; ; sent++) {
      signal?.throwIfAborted();
      state = "unsure";
      const createdAt = new Date().toISOString();
      const arrival = await send(host, { method: "POST", path, body, headers, name, timeout }, signal);
      const created = ask((core) => core.created(arrival, Date.now(), sent));
      if (created.id !== null) {
        // Quotes within a prompt are escaped: only the field itself reads so.
        const sound = outline.includes('"sound":true') ? { sound: true as const } : {};
        const task = new Task(context, { id: created.id, endpoint, createdAt, seconds, ...sound });
        await settle?.({ state: "accepted", task: task.toJSON() });
        return task;
      }
      if (created.failure === null) throw new TypeError("core told neither an id nor a failure");
      const { kind } = created.failure;
      state = kind === "unsure" ? kind : kind === "network" ? "unsent" : "refused";
      if (created.resendMs === null) throw failed(created.failure, arrival);
      await pause(created.resendMs, signal);
    }
  } catch (error) {
    await settle?.({ state, error });
    throw error;
  }
}

function noKey(): RushesError {
  const message =
    "No API key: set NOVITA_API_KEY or pass apiKey. In a web page, pass the baseURL of a gateway of your own instead.";
  return new RushesError({ kind: "auth", message });
}

function readsOf(given: number | undefined): number | undefined {
  if (given === undefined || (typeof given === "number" && given >= 1)) return given;
  throw new TypeError("maxReadsPerMinute is a number from 1 on");
}

function formOf(given: InlineForm = "data-uri"): InlineForm {
  if (given === "data-uri" || given === "base64") return given;
  throw new TypeError('inlineForm is "data-uri" or "base64"');
}
