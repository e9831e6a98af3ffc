import { failed, RushesError } from "./error.js";
import { abortable, after, type Host } from "./http.js";
import { signalOf, timeoutOf } from "./options.js";
import type { CallOptions, InlineForm, IntentStore, TaskJSON, TaskStatus } from "./types.js";
import { Updates, type UpdateListener } from "./updates.js";
import { videosOf, type Video } from "./video.js";
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
  /** The videos, once it succeeded. */
  videos: Video[];
  /** Why the last look told nothing, if so. The task goes on, and so do the looks. */
  problem: RushesError | null;
  /** Whether the provider keeps saying that it does not know this task: it is looked at every five minutes only. */
  lost: boolean;
  /** The answer as the API gave it: parsed where it is JSON, otherwise its text; `undefined` where none came. */
  raw: unknown;
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
  /**
   * Milliseconds until waiting ends with an error of kind `timeout`, above 0; the task goes on, and waiting again costs
   * nothing. Default, and `null`: no limit, since such tasks were seen to take over an hour.
   */
  timeout?: number | null | undefined;
  /** Called at every look. What it throws ends the waiting. */
  onUpdate?: ((update: TaskUpdate) => void) | undefined;
}

/** @internal What a task needs of its client. */
export interface TaskContext {
  host: Host;
  watching: Watching;
  /** Milliseconds for one HTTP request, where the caller set them. */
  timeout: number | undefined;
  /** How files are written. */
  inlineForm: InlineForm;
  /** Where what is sent is written down. */
  store: IntentStore | undefined;
}

/**
 * So many looks in a row must be refused for the key's or the account's sake until waiting for a result ends. One alone
 * may be a gateway's bad minute; core waits half a minute after each refused key.
 */
const REFUSALS_MAX = 3;

/**
 * A task: something the API gave an id to. It outlives this object: store the id, or `toJSON()`, and
 * `rushes.task(…)` takes it up again.
 */
export class Task implements AsyncIterable<TaskUpdate> {
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
   * Watches the task: one update a look, the last with `ended`. A look that told nothing (offline, a refused key, a
   * task that the provider does not know) is an update with a `problem`, and the watching goes on: only the task's end,
   * the signal or leaving the loop ends it. Neither of the last two touches the task. Many tasks, and many loops over
   * one, share the reads; whoever joins gets the last update at once.
   *
   * @example
   * ```ts
   * for await (const { status, progress_percent, problem } of task.updates()) {
   *   console.log(status, progress_percent, problem?.message);
   * }
   * ```
   */
  updates(options: CallOptions = {}): AsyncIterableIterator<TaskUpdate> {
    return new Updates([(listener) => this.#listen(listener)], signalOf(options));
  }

  /** As {@link updates}, without options. */
  [Symbol.asyncIterator](): AsyncIterableIterator<TaskUpdate> {
    return this.updates();
  }

  /**
   * Waits for the videos.
   *
   * @throws RushesError, always with this task: of kind `task_failed` (with `reason`), or `timeout`. Where looking on
   * is of no use, too, though the task may go on: `auth`, `permission` or `balance` after three looks in a row that
   * were refused; `not_found` where the provider keeps not knowing the task. An aborted signal's reason.
   */
  result(options: ResultOptions = {}): Promise<TaskResult> {
    return observed(new Promise((resolve, reject) => this.#wait(options, resolve, reject)));
  }

  #wait(options: ResultOptions, resolve: (result: TaskResult) => void, reject: (error: unknown) => void): void {
    const signal = signalOf(options);
    const timeout = timeoutOf(options.timeout) ?? Infinity;
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
    const told = (update: TaskUpdate, { look, refusals, arrival }: Seen) => {
      try {
        options.onUpdate?.(update);
      } catch (error) {
        return settle(() => reject(error));
      }
      const end = look.state?.problem ?? null;
      if (end !== null) settle(() => reject(failed(end, arrival, this)));
      else if (update.ended) settle(() => resolve({ videos: update.videos, raw: update.raw }));
      else if (look.lost || refusals >= REFUSALS_MAX) settle(() => reject(update.problem));
    };
    try {
      stopListening = this.#listen({ told, broke: (error) => settle(() => reject(error)) });
    } catch (error) {
      settle(() => reject(error));
    }
  }

  /** What to store: small, and without any secret. */
  toJSON(): TaskJSON {
    return { ...this.#stored };
  }

  /** @internal The updates of several tasks in one loop. */
  static all(tasks: readonly Task[], signal: AbortSignal | undefined): AsyncIterableIterator<TaskUpdate> {
    return new Updates(
      tasks.map((task) => (listener) => task.#listen(listener)),
      signal,
    );
  }

  #timedOut(timeout: number): RushesError {
    const message = `Stopped waiting after ${timeout / 1000} seconds. The task goes on: wait again, or keep its id.`;
    return new RushesError({ kind: "timeout", message, retryable: true, task: this });
  }

  #listen(listener: UpdateListener): () => void {
    const { seconds, sound } = this.#stored;
    const subject: Subject = { id: this.id, since: this.#since, seconds, sound };
    return this.#context.watching.listen(subject, {
      seen: (seen) => listener.told(this.#update(seen), seen),
      broken: (error) => listener.broke(error),
    });
  }

  #update({ look, state, arrival, at }: Seen): TaskUpdate {
    return {
      id: this.id,
      status: state?.phase ?? "unknown",
      providerStatus: state?.task.status ?? "",
      ended: look.state?.ended ?? false,
      progress_percent: state?.task.progress_percent ?? null,
      eta: state?.task.eta_secs ?? null,
      elapsedMs: Math.max(0, at - this.#since),
      reason: state?.task.reason ?? null,
      videos: videosOf(this, this.#context, state?.task.videos ?? [], at),
      problem: look.failure === null ? null : failed(look.failure, arrival, this),
      lost: look.lost,
      raw: arrival.raw,
    };
  }
}

/** The same promise; its rejection waits for whoever takes it up, and never counts as unobserved meanwhile. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/**
 * The task that a create will give: `await` gives it, and the chain goes on without waiting first. Nothing of it is
 * ever an unobserved rejection: who takes up the chain later still gets it.
 *
 * @example
 * ```ts
 * const { videos } = await rushes.textToVideo.create({ prompt: "A fox leaps a mossy log" }).result();
 * for await (const { status } of rushes.textToVideo.create({ prompt: "A fox" })) console.log(status);
 * ```
 */
export class TaskPromise implements Promise<Task>, AsyncIterable<TaskUpdate> {
  readonly #task: Promise<Task>;

  /** @internal */
  constructor(task: Promise<Task>) {
    this.#task = observed(task);
  }

  /** What `Object.prototype.toString` shows. */
  get [Symbol.toStringTag](): string {
    return "TaskPromise";
  }

  /** As any promise's. */
  then<A = Task, B = never>(
    fulfilled?: ((task: Task) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#task.then(fulfilled, rejected);
  }

  /** As any promise's. */
  catch<B = never>(rejected?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Task | B> {
    return this.#task.catch(rejected);
  }

  /** As any promise's. */
  finally(done?: (() => void) | null): Promise<Task> {
    return this.#task.finally(done);
  }

  /** As {@link Task.updates}, once there is a task; what the create is rejected with is thrown. */
  async *updates(options: CallOptions = {}): AsyncGenerator<TaskUpdate, void, undefined> {
    yield* (await abortable(this.#task, signalOf(options))).updates(options);
  }

  /** As {@link updates}, without options. */
  [Symbol.asyncIterator](): AsyncGenerator<TaskUpdate, void, undefined> {
    return this.updates();
  }

  /** As {@link Task.result}, once there is a task; rejected with what the create is rejected with. */
  result(options: ResultOptions = {}): Promise<TaskResult> {
    return observed(this.#result(options));
  }

  async #result(options: ResultOptions): Promise<TaskResult> {
    timeoutOf(options.timeout);
    return (await abortable(this.#task, signalOf(options))).result(options);
  }
}
