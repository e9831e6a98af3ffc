import { check, estimate, type AspectRatio, type Endpoint, type Issue, type Rates, type RequestOf } from "rushes";

import { broken, faulty, invalid, json, refusal, type ErrorStyle } from "./answers.js";
import { expired, isExpired, link, serve, taskOf } from "./files.js";
import { mp4 } from "./mp4.js";
import { random } from "./random.js";
import { isAccepted, isFault, type Call, type Fault, type Read, type Step } from "./script.js";
import { FakeTask, type BilledTask } from "./tasks.js";

/** What a stand-in can be told; all of it optional. */
export interface FakeProviderOptions {
  /**
   * What the creates come to, one step each, in order; or a function that says it. Where the script ends, or the
   * function gives nothing, all goes well.
   */
  script?: readonly Step[] | ((call: Call, count: number) => Step | undefined) | undefined;
  /** What the reads of tasks find whose step says nothing. Default: queued, processing, succeeded. */
  reads?: readonly Read[] | undefined;
  /** The only key that is accepted. Default: nobody is asked for one. */
  apiKey?: string | undefined;
  /** Most creates in any minute; more are answered with 429 and `Retry-After`. Default: no limit. */
  createsPerMinute?: number | undefined;
  /** Seconds that a result's URL lives. Default 3600. Reading again gives a new one. */
  ttl?: number | undefined;
  /** Decides the tasks' ids, and what {@link chaos} does. Default 1. */
  seed?: number | undefined;
  /** Share of calls, 0 to 1, that meet a fault where the script names none. Default 0. */
  chaos?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now()`, looked up at each call, so fake timers are followed. */
  now?: (() => number) | undefined;
  /** How rejections look: as Node's, which tell what happened, or as browsers', which do not. Default `node`. */
  errors?: ErrorStyle | undefined;
  /** The video's bytes. Default: a small playable MP4 of the right length and shape, dark and silent. */
  video?: ((task: BilledTask) => Uint8Array) | undefined;
  /** Prices for the bill. Default: those of `estimate`. */
  rates?: Rates | undefined;
}

/** What was accepted so far. */
export interface Bill {
  /** In the order of acceptance. */
  tasks: readonly BilledTask[];
  /** Seconds of video, together. */
  seconds: number;
  /** US dollars, together: an estimate. */
  usd: number;
}

const CREATES: Record<string, Endpoint> = {
  "/v3/async/kling-v3.0-std-t2v": "text-to-video",
  "/v3/async/kling-v3.0-std-i2v": "image-to-video",
};
const RESULT = "/v3/async/task-result";
const MINUTE = 60_000;

/** What is wrong with a body that is not JSON. */
const NO_JSON: Issue = {
  ...{ path: "", code: "wrong_type", severity: "error", limit: "an object" },
  message: "This cannot be read as JSON.",
};

/** Faults that chaos picks from. */
const CHAOS: readonly Fault[] = [
  { kind: "unreachable" },
  { kind: "reset" },
  { kind: "reset", accepted: true },
  { kind: "rate_limit", retryAfter: 3 },
  { kind: "refusal", reason: "SERVICE_NOT_AVAILABLE" },
  { kind: "html" },
  { kind: "html", accepted: true },
  { kind: "malformed" },
  { kind: "cut" },
];

/**
 * Stands in for the provider, in memory: the same three routes, checks, answers and errors, whatever faults a script
 * names, and a bill that can be asked. Nothing leaves the process.
 *
 * Any base URL will do: routes are told by the end of their path. What is neither a route nor a result's link is
 * rejected as a host that does not exist.
 *
 * @example
 * ```ts
 * const provider = new FakeProvider({ script: [{ fault: { kind: "reset", accepted: true } }] });
 * const rushes = new Rushes({ apiKey: "test", fetch: provider.fetch });
 * await assert.rejects(rushes.textToVideo.create({ prompt: "A fox" }), { kind: "unsure" });
 * assert.equal(provider.bill().tasks.length, 1);
 * ```
 */
export class FakeProvider {
  /** Every call so far, in order. */
  readonly calls: readonly Call[];
  /** To be given to `new Rushes({ fetch })`. Bound: it may be called as a plain function. */
  readonly fetch: typeof globalThis.fetch;
  readonly #options: FakeProviderOptions;
  readonly #calls: Call[] = [];
  readonly #tasks = new Map<string, FakeTask>();
  readonly #random: () => number;
  #creates = 0;
  #recent: number[] = [];

  constructor(options: FakeProviderOptions = {}) {
    this.#options = options;
    this.#random = random(options.seed ?? 1);
    this.calls = this.#calls;
    this.fetch = (input, init) => this.#fetch(input, init);
  }

  /** What was accepted so far, and what it will cost. */
  bill(): Bill {
    const tasks = [...this.#tasks.values()].map((task) => task.billed);
    const sum = (of: (task: BilledTask) => number) => tasks.reduce((total, task) => total + of(task), 0);
    return { tasks, seconds: sum((task) => task.seconds), usd: sum((task) => task.usd) };
  }

  /** How many calls of a kind there were. */
  count(kind: Call["kind"]): number {
    return this.#calls.filter((call) => call.kind === kind).length;
  }

  /**
   * From now on, reads of a task find this.
   *
   * @throws TypeError where there is no such task.
   */
  say(id: string, ...reads: Read[]): void {
    const task = this.#tasks.get(id);
    if (task === undefined) throw new TypeError(`no task ${id} was accepted here`);
    task.say(reads, this.#now());
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  async #fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const asked = typeof Request !== "undefined" && input instanceof Request ? input : undefined;
    const signal = init.signal ?? asked?.signal ?? undefined;
    if (signal?.aborted === true) throw signal.reason;
    const url = new URL(asked?.url ?? String(input), "http://localhost");
    const method = (init.method ?? asked?.method ?? "GET").toUpperCase();
    const headers = new Headers(init.headers ?? asked?.headers);
    const body = await bodyOf(init.body, asked);
    const kind = kindOf(method, url);
    const call: Call = {
      ...{ kind, method, url: url.href, body, at: this.#now() },
      get aborted() {
        return isAborted;
      },
    };
    let isAborted = false;
    this.#calls.push(call);
    return new Promise((resolve, reject) => {
      const abort = () => {
        isAborted = true;
        reject(signal?.reason);
      };
      if (signal?.aborted === true) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      const left = () => signal?.removeEventListener("abort", abort);
      this.#answer(call, url, headers, signal).then(resolve, reject).finally(left);
    });
  }

  async #answer(call: Call, url: URL, headers: Headers, signal: AbortSignal | undefined): Promise<Response> {
    if (call.kind === "file") return this.#file(call, url, headers, signal);
    if (call.kind === "other" && !url.pathname.includes("/v3/")) throw broken("ENOTFOUND", this.#style);
    const locked = this.#locked(headers);
    if (locked !== undefined) return locked;
    if (call.kind === "create") return this.#create(call, url, signal);
    if (call.kind === "read") return this.#read(url, signal);
    return refusal("API_NOT_FOUND", "There is no such API.");
  }

  get #style(): ErrorStyle {
    return this.#options.errors ?? "node";
  }

  #locked(headers: Headers): Response | undefined {
    const { apiKey } = this.#options;
    if (apiKey === undefined) return undefined;
    const given = headers.get("authorization");
    if (given === null) return refusal("MISSING_API_KEY", "The Authorization header is missing.");
    return given === `Bearer ${apiKey}` ? undefined : refusal("INVALID_API_KEY", "This key is not known.");
  }

  async #create(call: Call, url: URL, signal: AbortSignal | undefined): Promise<Response> {
    const step = this.#step(call);
    const fault = step.fault ?? this.#chaos();
    if (fault !== undefined && !isAccepted(fault)) {
      // What a faulty answer is made of; nothing was accepted, so no id is given.
      return faulty(fault, async () => json({}), signal, this.#style);
    }
    const limited = this.#limited(call.at);
    if (limited !== undefined) return limited;
    const answer = this.#accept(endpointOf(url), call, step);
    return fault === undefined ? answer : faulty(fault, async () => answer, signal, this.#style);
  }

  #step(call: Call): Step {
    const { script = [] } = this.#options;
    const count = this.#creates++;
    return (typeof script === "function" ? script(call, count) : script[count]) ?? {};
  }

  #chaos(): Fault | undefined {
    const { chaos = 0 } = this.#options;
    if (chaos === 0 || this.#random() >= chaos) return undefined;
    return CHAOS[Math.floor(this.#random() * CHAOS.length)];
  }

  #limited(now: number): Response | undefined {
    const { createsPerMinute: most = Infinity } = this.#options;
    this.#recent = this.#recent.filter((at) => now - at < MINUTE);
    const oldest = this.#recent[0];
    if (oldest !== undefined && this.#recent.length >= most) {
      const body = { code: 429, reason: "RATE_LIMIT_EXCEEDED", message: "Too many creates.", metadata: {} };
      return json(body, 429, { "retry-after": String(Math.ceil((oldest + MINUTE - now) / 1000)) });
    }
    this.#recent.push(now);
    return undefined;
  }

  #accept(endpoint: Endpoint, call: Call, step: Step): Response {
    let value: unknown;
    try {
      value = JSON.parse(call.body ?? "");
    } catch {
      return invalid([NO_JSON]);
    }
    const checked = check(endpoint, value);
    if (!checked.ok) return invalid(checked.issues);
    const request = checked.request as RequestOf<Endpoint>;
    const { seconds, usd } = estimate(endpoint, request, this.#options.rates);
    const sent = { body: call.body ?? "", request: value as Record<string, unknown>, at: call.at };
    const billed = { id: this.#id(), endpoint, ...sent, seconds, usd };
    this.#tasks.set(billed.id, new FakeTask(billed, step.reads ?? this.#options.reads, step.files));
    return json({ task_id: billed.id });
  }

  #id(): string {
    const digits = () => Math.floor(this.#random() * 2 ** 32).toString(16).padStart(8, "0");
    return `fake-${digits()}${digits()}`;
  }

  async #read(url: URL, signal: AbortSignal | undefined): Promise<Response> {
    const id = url.searchParams.get("task_id") ?? "";
    if (id === "") return refusal("INVALID_REQUEST_BODY", "The task_id is missing.");
    const task = this.#tasks.get(id);
    if (task === undefined) return refusal("TASK_NOT_FOUND", "There is no task with this id.");
    const now = this.#now();
    const chaos = this.#chaos();
    const read = chaos ?? task.read(now);
    const { ttl = 3600 } = this.#options;
    const answer = (state: Exclude<typeof read, Fault>) => json(task.answer(state, now, link(id, now, ttl), ttl));
    if (!isFault(read)) return answer(read);
    return faulty(read, async () => answer({ status: "processing" }), signal, this.#style);
  }

  async #file(call: Call, url: URL, headers: Headers, signal: AbortSignal | undefined): Promise<Response> {
    const task = this.#tasks.get(taskOf(url) ?? "");
    if (task === undefined || isExpired(url, call.at)) return expired();
    const right = async () => serve(this.#video(task.billed), call.method, headers.get("range"));
    const fault = task.files.shift() ?? this.#chaos();
    return fault === undefined ? right() : faulty(fault, right, signal, this.#style);
  }

  #video(task: BilledTask): Uint8Array<ArrayBuffer> {
    const given = this.#options.video?.(task);
    if (given !== undefined) return new Uint8Array(given);
    return mp4(task.seconds, (task.request["aspect_ratio"] as AspectRatio | undefined) ?? "16:9");
  }
}

async function bodyOf(given: BodyInit | null | undefined, asked: Request | undefined): Promise<string | null> {
  if (typeof given === "string") return given;
  if (given !== undefined && given !== null) return new Response(given).text();
  return asked === undefined || asked.body === null ? null : asked.clone().text();
}

function kindOf(method: string, url: URL): Call["kind"] {
  if (taskOf(url) !== undefined) return "file";
  if (method === "GET" && url.pathname.endsWith(RESULT)) return "read";
  return method === "POST" && routeOf(url) !== undefined ? "create" : "other";
}

function routeOf(url: URL): string | undefined {
  return Object.keys(CREATES).find((path) => url.pathname.endsWith(path));
}

function endpointOf(url: URL): Endpoint {
  return CREATES[routeOf(url) ?? ""] ?? "text-to-video";
}
