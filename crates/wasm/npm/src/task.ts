import type { Failure, Look, Media } from "#glue";

import { ask } from "./core.js";
import { failed, RushesError } from "./error.js";
import { abortable, after, send, type Host } from "./http.js";
import type { CallOptions, TaskJSON, TaskStatus } from "./types.js";
import type { Seen, Subject, Watching } from "./watch.js";

/** One look at a task. */
export interface TaskUpdate {
  /** The task's id. */
  id: string;
  /** Where it stands; after a look that told nothing, where it stood before. */
  status: TaskStatus;
  /** The API's own word, such as `TASK_STATUS_QUEUED`; empty where it said none. */
  providerStatus: string;
  /** Whether nothing will change any more. */
  ended: boolean;
  /** 0 to 100 where the provider says it. Never the test for done: it may be 0 for a video that is ready. */
  progress_percent: number | null;
  /** Seconds to go, where the provider says it. */
  eta: number | null;
  /** Milliseconds since the task was created, or first heard of where that is not known. */
  elapsedMs: number;
  /** Why it failed, once it did. */
  reason: string | null;
  /** Why the last look told nothing, if so. The task goes on, and so do the looks. */
  problem: RushesError | null;
  /** The answer as the API gave it, where it is JSON. */
  raw: unknown;
}

/** One video of a {@link TaskResult}. */
export interface Video {
  /** Where it is, for about an hour. */
  url: string;
  /** When the URL stops working, as far as the provider says. */
  expiresAt: Date | null;
  /** `mp4`, … as given. */
  type: string | null;
  /**
   * Fetches the file. An expired URL is asked for anew once. The key is never sent along.
   *
   * @throws RushesError of kind `not_found` (expired), `network` or `provider`; or the signal's reason.
   */
  blob(options?: CallOptions): Promise<Blob>;
}

/** What a task came to. */
export interface TaskResult {
  /** The videos: at least one. */
  videos: Video[];
  /** The answer as the API gave it. */
  raw: unknown;
}

/** What may go along with {@link Task.result}. */
export interface ResultOptions extends CallOptions {
  /** Milliseconds until waiting ends with an error of kind `timeout`; the task goes on. Default: no limit. */
  timeout?: number | undefined;
  /** Called at every look. What it throws ends the waiting. */
  onUpdate?: ((update: TaskUpdate) => void) | undefined;
}

/** @internal What a task needs of its client. */
export interface TaskContext {
  host: Host;
  watching: Watching;
  /** Milliseconds for one HTTP request. */
  timeout: number;
}

/**
 * A task: something the API gave an id to. It outlives this object: store the id, or `toJSON()`, and
 * `rushes.task(…)` takes it up again.
 */
export class Task {
  /** The id that the API gave. */
  readonly id: string;
  readonly #context: TaskContext;
  readonly #stored: TaskJSON;
  readonly #since: number;

  /** @internal */
  constructor(context: TaskContext, stored: TaskJSON) {
    this.id = stored.id;
    this.#context = context;
    this.#stored = stored;
    const since = stored.createdAt === undefined ? NaN : Date.parse(stored.createdAt);
    this.#since = Number.isNaN(since) ? Date.now() : since;
  }

  /**
   * Watches the task: one update a look, the last with `ended`. A look that told nothing (offline, say) is an update
   * with a `problem`. Leaving the loop, or aborting, stops the watching and nothing else. Many tasks, and many loops
   * over one, share the reads.
   *
   * @throws RushesError where looking on is of no use: a refused key, or a task the provider keeps not knowing.
   *
   * @example
   * ```ts
   * for await (const { status, progress_percent } of task.updates()) console.log(status, progress_percent);
   * ```
   */
  updates(options: CallOptions = {}): AsyncIterableIterator<TaskUpdate> {
    return new Updates((listener) => this.#listen(listener), options.signal);
  }

  /**
   * Waits for the videos.
   *
   * @throws RushesError of kind `task_failed` (with `reason`), `timeout`, or as {@link updates}; always with this
   * task. An aborted signal's reason.
   */
  result(options: ResultOptions = {}): Promise<TaskResult> {
    const { signal, timeout = Infinity, onUpdate } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      let stopListening = () => {};
      const settle = (end: () => void) => {
        stopListening();
        stopTimer();
        signal?.removeEventListener("abort", abort);
        end();
      };
      const abort = () => settle(() => reject(signal?.reason));
      const stopTimer = after(timeout, () => settle(() => reject(this.#timedOut(timeout))));
      signal?.addEventListener("abort", abort, { once: true });
      const told = (update: TaskUpdate, seen: Seen) => {
        try {
          onUpdate?.(update);
          if (update.ended) settle(() => this.#settle(seen, resolve, reject));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      try {
        stopListening = this.#listen({ told, broke: (error) => settle(() => reject(error)) });
      } catch (error) {
        settle(() => reject(error));
      }
    });
  }

  /** What to store: small, and without any secret. */
  toJSON(): TaskJSON {
    return { ...this.#stored };
  }

  #timedOut(timeout: number): RushesError {
    const message = `Stopped waiting after ${timeout / 1000} seconds. The task goes on: wait again, or keep its id.`;
    return new RushesError({ kind: "timeout", message, task: this });
  }

  #listen(listener: UpdateListener): () => void {
    let last: Seen["look"]["state"] = null;
    const subject: Subject = { id: this.id, since: this.#since, seconds: this.#stored.seconds };
    return this.#context.watching.listen(subject, {
      seen: (seen) => {
        last = seen.look.state ?? last;
        const problem = this.#problem(seen);
        if (problem !== null && (seen.look.lost || !problem.retryable)) listener.broke(problem);
        else listener.told(this.#update(seen, last, problem), seen);
      },
      broken: (error) => listener.broke(error),
    });
  }

  #problem({ look, arrival }: Seen): RushesError | null {
    return look.failure === null ? null : this.#failed(look.failure, arrival.cause);
  }

  #failed(failure: Failure, cause?: unknown): RushesError {
    return failed(failure, { task: this, cause });
  }

  #update({ arrival, at }: Seen, state: Look["state"], problem: RushesError | null): TaskUpdate {
    return {
      id: this.id,
      status: state?.phase ?? "unknown",
      providerStatus: state?.task.status ?? "",
      ended: state?.ended ?? false,
      progress_percent: state?.task.progress_percent ?? null,
      eta: state?.task.eta_secs ?? null,
      elapsedMs: Math.max(0, at - this.#since),
      reason: state?.task.reason ?? null,
      problem,
      raw: arrival.raw,
    };
  }

  #settle(seen: Seen, resolve: (result: TaskResult) => void, reject: (error: unknown) => void): void {
    const { state } = seen.look;
    if (state === null) return;
    if (state.problem !== null) return reject(this.#failed(state.problem));
    const videos = state.task.videos.map((media, index) => this.#video(media, index, seen.at));
    resolve({ videos, raw: seen.arrival.raw });
  }

  #video(media: Media, index: number, readAt: number): Video {
    return {
      url: media.url,
      expiresAt: media.ttl_secs === null ? null : new Date(readAt + media.ttl_secs * 1000),
      type: media.kind,
      blob: (options = {}) => this.#blob(media.url, index, options.signal),
    };
  }

  async #blob(url: string, index: number, signal: AbortSignal | undefined): Promise<Blob> {
    const first = await this.#download(url, signal);
    if (first instanceof Blob) return first;
    if (first.status < 400 || first.status >= 500) throw this.#gone(first.status);
    const fresh = await this.#freshUrl(index, signal);
    const second = fresh === url ? first : await this.#download(fresh, signal);
    if (second instanceof Blob) return second;
    throw this.#gone(second.status);
  }

  async #download(url: string, signal: AbortSignal | undefined): Promise<Blob | Response> {
    const fetch = this.#context.host.fetch();
    try {
      const response = await fetch(url, signal === undefined ? {} : { signal });
      return response.ok ? await response.blob() : response;
    } catch (cause) {
      if (signal?.aborted === true) throw signal.reason;
      const message = "The video file could not be fetched. Its server may be out of reach, or not let pages read it.";
      throw new RushesError({ kind: "network", message, retryable: true, task: this, cause });
    }
  }

  async #freshUrl(index: number, signal: AbortSignal | undefined): Promise<string> {
    const { host, timeout } = this.#context;
    const path = ask((core) => core.read_path(this.id));
    const arrival = await send(host, { method: "GET", path, timeout }, signal);
    const { arrived, status, retryAfter, text, cells } = arrival;
    const look = ask((core) => core.was_read(this.id, arrived, status, retryAfter, text, cells, Date.now()));
    if (look.failure !== null) throw this.#failed(look.failure, arrival.cause);
    const media = look.state?.task.videos[index];
    if (media === undefined) throw this.#gone(404);
    return media.url;
  }

  #gone(status: number): RushesError {
    const isGone = status >= 400 && status < 500;
    const message = isGone
      ? `The video's URL has expired, and the provider gives no other (HTTP ${status}).`
      : `The video file's server answered HTTP ${status}. Try again.`;
    return new RushesError({ kind: isGone ? "not_found" : "provider", message, status, retryable: !isGone, task: this });
  }
}

interface UpdateListener {
  told(update: TaskUpdate, seen: Seen): void;
  broke(error: unknown): void;
}

type Step = IteratorResult<TaskUpdate, undefined>;
const DONE: Step = { done: true, value: undefined };

/** The loop over a task's updates. A slow reader gets the latest update, never a growing queue. */
class Updates implements AsyncIterableIterator<TaskUpdate> {
  readonly #listen: (listener: UpdateListener) => () => void;
  readonly #signal: AbortSignal | undefined;
  #started = false;
  #over = false;
  #stop: () => void = () => {};
  #next: TaskUpdate | undefined;
  #error: { error: unknown } | undefined;
  #waiting: { resolve(step: Step): void; reject(error: unknown): void }[] = [];

  constructor(listen: (listener: UpdateListener) => () => void, signal: AbortSignal | undefined) {
    this.#listen = listen;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#started) this.#start();
      this.#flush();
    });
  }

  return(): Promise<Step> {
    this.#next = undefined;
    this.#error = undefined;
    this.#end();
    this.#flush();
    return Promise.resolve(DONE);
  }

  #start(): void {
    this.#started = true;
    if (this.#over) return;
    if (this.#signal?.aborted === true) return this.#fail(this.#signal.reason);
    this.#signal?.addEventListener("abort", this.#abort, { once: true });
    try {
      this.#stop = this.#listen({
        told: (update) => {
          this.#next = update;
          if (update.ended) this.#end();
          this.#flush();
        },
        broke: (error) => this.#fail(error),
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  readonly #abort = (): void => {
    this.#next = undefined;
    this.#fail(this.#signal?.reason);
  };

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#error = { error };
    this.#end();
    this.#flush();
  }

  #end(): void {
    this.#over = true;
    this.#started = true;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#stop();
  }

  #flush(): void {
    while (this.#waiting.length > 0) {
      const update = this.#next;
      const failure = this.#error;
      if (update === undefined && failure === undefined && !this.#over) return;
      const waiting = this.#waiting.shift();
      if (update !== undefined) {
        this.#next = undefined;
        waiting?.resolve({ done: false, value: update });
      } else if (failure !== undefined) {
        this.#error = undefined;
        waiting?.reject(failure.error);
      } else {
        waiting?.resolve(DONE);
      }
    }
  }
}

/**
 * The task that a create will give: `await` gives it, and the chain goes on without waiting first.
 *
 * @example
 * ```ts
 * const { videos } = await rushes.textToVideo.create({ prompt: "A fox leaps a mossy log" }).result();
 * ```
 */
export class TaskPromise implements Promise<Task> {
  readonly #task: Promise<Task>;

  /** @internal */
  constructor(task: Promise<Task>) {
    this.#task = task;
    // Whoever takes up the chain later still gets the rejection; meanwhile it must not count as unobserved.
    task.catch(() => {});
  }

  get [Symbol.toStringTag](): string {
    return "TaskPromise";
  }

  then<A = Task, B = never>(
    fulfilled?: ((task: Task) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#task.then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Task | B> {
    return this.#task.catch(rejected);
  }

  finally(done?: (() => void) | null): Promise<Task> {
    return this.#task.finally(done);
  }

  /** As {@link Task.updates}, once there is a task. */
  async *updates(options: CallOptions = {}): AsyncGenerator<TaskUpdate, void, undefined> {
    yield* (await abortable(this.#task, options.signal)).updates(options);
  }

  /** As {@link Task.result}, once there is a task. */
  result(options: ResultOptions = {}): Promise<TaskResult> {
    return abortable(this.#task, options.signal).then((task) => task.result(options));
  }
}
