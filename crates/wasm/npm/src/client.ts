import { judge } from "./check.js";
import { ask } from "./core.js";
import { failed, invalid, RushesError } from "./error.js";
import { abortable, pause, send, type Host } from "./http.js";
import { judgeWithBlobs } from "./image.js";
import { lay } from "./tape.js";
import { Task, TaskPromise, type TaskContext } from "./task.js";
import type { CreateOptions, Endpoint, ImageToVideoRequest, TaskJSON, TextToVideoRequest } from "./types.js";
import { Watching } from "./watch.js";

const PROVIDER = "https://api.novita.ai";
/** Milliseconds for one HTTP request unless told otherwise: an image of 10 MB over a slow line takes its time. */
const TIMEOUT = 120_000;

/** What a client can be told; all of it optional. */
export interface RushesOptions {
  /**
   * The provider's key. Default: `NOVITA_API_KEY` where there is a `process.env`; `null` for none. It is sent to
   * `baseURL`'s origin alone and shown nowhere.
   */
  apiKey?: string | null | undefined;
  /**
   * Where the three routes are. Default `https://api.novita.ai`; one's own gateway otherwise, in a page also relative
   * (`/api/novita`).
   */
  baseURL?: string | URL | undefined;
  /** A fetch of one's own; called as a plain function. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one HTTP request. Default 120000. A `POST` that runs out of it is `unsure`. */
  timeout?: number | undefined;
  /** Most reads in any minute, all tasks together. Default 60. */
  maxReadsPerMinute?: number | undefined;
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

  constructor(options: RushesOptions = {}) {
    const host = hostOf(options);
    const timeout = options.timeout ?? TIMEOUT;
    if (typeof timeout !== "number" || !(timeout > 0)) throw new TypeError("timeout is a number of milliseconds above 0");
    const context = { host, timeout, watching: new Watching(host, timeout, options.maxReadsPerMinute) };
    this.#context = context;
    this.textToVideo = new Creator("text-to-video", context);
    this.imageToVideo = new Creator("image-to-video", context);
  }

  /** Takes up a task again: by its id, or by what `task.toJSON()` gave. Nothing is sent until it is watched. */
  task(stored: string | TaskJSON): Task {
    const json = typeof stored === "string" ? { id: stored } : { ...stored };
    if (typeof json.id !== "string") throw new TypeError("rushes.task takes an id, or what task.toJSON() gave");
    json.id = json.id.trim();
    try {
      ask((core) => core.read_path(json.id));
    } catch (cause) {
      if (RushesError.is(cause)) throw cause;
      throw new TypeError(cause instanceof Error ? cause.message : "not a task id", { cause });
    }
    return new Task(this.#context, json);
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

async function create(
  context: TaskContext,
  endpoint: Endpoint,
  request: unknown,
  { signal, timeout = context.timeout }: CreateOptions,
): Promise<Task> {
  if (signal?.aborted === true) throw signal.reason;
  const laid = lay(request);
  const judged =
    laid.blobs.length === 0
      ? judge(endpoint, laid, false)
      : await abortable(judgeWithBlobs(endpoint, laid, false), signal);
  if (!judged.ok) throw invalid(judged.issues);
  if (context.host.baseURL === PROVIDER && context.host.authorization() === undefined) throw noKey();
  const { path, body, seconds } = judged;
  for (let sent = 1; ; sent++) {
    const createdAt = new Date().toISOString();
    const arrival = await send(context.host, { method: "POST", path, body, timeout }, signal);
    const { arrived, status, retryAfter, text, cells, cause } = arrival;
    const created = ask((core) => core.created(arrived, status, retryAfter, text, cells, Date.now(), sent));
    if (created.id !== null) return new Task(context, { id: created.id, endpoint, createdAt, seconds });
    if (created.resendMs === null) {
      if (created.failure === null) throw new TypeError("core told neither an id nor a failure");
      throw failed(created.failure, { cause });
    }
    await pause(created.resendMs, signal);
  }
}

function noKey(): RushesError {
  const message =
    "No API key: set NOVITA_API_KEY or pass apiKey. In a web page, pass the baseURL of a gateway of your own instead.";
  return new RushesError({ kind: "auth", message });
}

function hostOf(options: RushesOptions): Host {
  const baseURL = base(options.baseURL ?? PROVIDER);
  const key = keyOf(options);
  const given = options.fetch;
  if (given !== undefined && typeof given !== "function") throw new TypeError("fetch is a function");
  return {
    baseURL,
    fetch: () => {
      const found = given ?? globalThis.fetch;
      if (typeof found !== "function") throw new TypeError("there is no fetch here: pass one to new Rushes({ fetch })");
      return found;
    },
    authorization: () => (key === undefined ? undefined : `Bearer ${key}`),
  };
}

function base(given: string | URL): string {
  let url: URL;
  try {
    url = new URL(given, typeof location === "undefined" ? undefined : location.href);
  } catch {
    throw new TypeError("baseURL is an http or https URL; outside of a web page an absolute one");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new TypeError("baseURL is an http or https URL");
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("baseURL holds no user, password, query or fragment");
  }
  return url.href.replace(/\/+$/, "");
}

function keyOf({ apiKey, dangerouslyAllowBrowser }: RushesOptions): string | undefined {
  if (apiKey === null) return undefined;
  const inPage = isPage();
  const key = (apiKey ?? (inPage ? undefined : environmentKey()))?.trim();
  if (key === undefined || key === "") return undefined;
  if (inPage && dangerouslyAllowBrowser !== true) {
    const message =
      "An apiKey in a web page can be read by everybody who opens it. Send requests through a gateway of your own " +
      "(pass its baseURL and no key), or say dangerouslyAllowBrowser: true if only you open the page.";
    throw new RushesError({ kind: "auth", message });
  }
  // Said here, since fetch would repeat the key in its own message.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RushesError({ kind: "auth", message: "The API key holds characters that no key has; was it copied whole?" });
  }
  return key;
}

function environmentKey(): string | undefined {
  const found = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.["NOVITA_API_KEY"];
  return typeof found === "string" ? found : undefined;
}

/** Whether this is a page, or a worker of one: places whose scripts everybody can read. */
function isPage(): boolean {
  if (typeof document !== "undefined") return true;
  const scope = globalThis as { WorkerGlobalScope?: unknown; navigator?: { userAgent?: string } };
  return typeof scope.WorkerGlobalScope === "function" && /Mozilla/.test(scope.navigator?.userAgent ?? "");
}
