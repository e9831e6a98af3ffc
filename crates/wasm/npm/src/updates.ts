import type { TaskUpdate } from "./task.js";
import type { Seen } from "./watch.js";

/** @internal Who is told of a task's looks. */
export interface UpdateListener {
  /** Something was seen, perhaps the end. */
  told(update: TaskUpdate, seen: Seen): void;
  /** The watching itself broke. */
  broke(error: unknown): void;
}

type Step = IteratorResult<TaskUpdate, undefined>;
const DONE: Step = { done: true, value: undefined };

/**
 * @internal The loop over the updates of one task or of several, until all have ended. A slow reader gets the latest
 * update of each, never a growing queue.
 */
export class Updates implements AsyncIterableIterator<TaskUpdate> {
  readonly #sources: readonly ((listener: UpdateListener) => () => void)[];
  readonly #signal: AbortSignal | undefined;
  #isStarted = false;
  #isOver = false;
  #stops: (() => void)[] = [];
  #going: number;
  /** What nobody read yet, by its source, in the order in which it came. */
  readonly #latest = new Map<number, TaskUpdate>();
  #failure: { error: unknown } | undefined;
  readonly #waiting: { resolve(step: Step): void; reject(error: unknown): void }[] = [];

  constructor(sources: readonly ((listener: UpdateListener) => () => void)[], signal: AbortSignal | undefined) {
    this.#sources = sources;
    this.#signal = signal;
    this.#going = sources.length;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#isStarted) this.#start();
      this.#flush();
    });
  }

  return(): Promise<Step> {
    this.#latest.clear();
    this.#failure = undefined;
    this.#end();
    this.#flush();
    return Promise.resolve(DONE);
  }

  #start(): void {
    this.#isStarted = true;
    if (this.#signal?.aborted === true) return this.#abort();
    if (this.#going === 0) return this.#end();
    this.#signal?.addEventListener("abort", this.#abort, { once: true });
    try {
      for (const [at, listen] of this.#sources.entries()) this.#stops.push(listen(this.#listener(at)));
    } catch (error) {
      this.#fail(error);
    }
  }

  #listener(at: number): UpdateListener {
    return {
      told: (update) => {
        this.#latest.set(at, update);
        if (update.ended && --this.#going === 0) this.#end();
        this.#flush();
      },
      broke: (error) => this.#fail(error),
    };
  }

  readonly #abort = (): void => {
    this.#latest.clear();
    this.#fail(this.#signal?.reason);
  };

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#failure = { error };
    this.#end();
    this.#flush();
  }

  #end(): void {
    this.#isOver = true;
    this.#isStarted = true;
    this.#signal?.removeEventListener("abort", this.#abort);
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  #flush(): void {
    while (this.#waiting.length > 0) {
      const [next] = this.#latest;
      if (next === undefined && this.#failure === undefined && !this.#isOver) return;
      const waiting = this.#waiting.shift();
      if (next !== undefined) {
        this.#latest.delete(next[0]);
        waiting?.resolve({ done: false, value: next[1] });
      } else if (this.#failure !== undefined) {
        const { error } = this.#failure;
        this.#failure = undefined;
        waiting?.reject(error);
      } else {
        waiting?.resolve(DONE);
      }
    }
  }
}
