import type { RushesError, Task, TaskStatus, TaskUpdate, Video } from "rushes";

/** What is known of a task; the same object until something changes. */
export interface TaskSnapshot {
  /** The task's id. */
  readonly id: string;
  /** Where it stands; `unknown` before the first look. */
  readonly status: TaskStatus;
  /** The API's own word; empty before the first look, and where it said none. */
  readonly providerStatus: string;
  /** Whether nothing will change any more. */
  readonly ended: boolean;
  /** 0 to 100 where the provider says it. Never the test for done. */
  readonly progress_percent: number | null;
  /** Seconds to go, where the provider says it. */
  readonly eta: number | null;
  /** Milliseconds from its creation to the last look; 0 before the first. */
  readonly elapsedMs: number;
  /** Why it failed, once it did. */
  readonly reason: string | null;
  /** The videos, once they are there. */
  readonly videos: readonly Video[] | null;
  /** Why the last look told nothing, if so. The task goes on, and so do the looks. */
  readonly problem: RushesError | null;
  /**
   * Why there are no more looks, if so: the task failed, or looking on is of no use (a refused key, say). Unless it
   * `ended` the task goes on, and {@link TaskStore.retry} looks on. A `RushesError`, but for mistakes in the set-up.
   */
  readonly error: Error | null;
}

/** A task as a store. It looks at the task while somebody subscribes, and keeps what it saw. */
export interface TaskStore {
  /** The task itself. */
  readonly task: Task;
  /**
   * Calls back with the snapshot, at once and at every change, until the returned function is called. The first
   * subscriber starts the looks, the last one ends them. May be passed on unbound.
   */
  readonly subscribe: (listener: (snapshot: TaskSnapshot) => void) => () => void;
  /** What is known now. May be passed on unbound. */
  readonly getSnapshot: () => TaskSnapshot;
  /** What was known before the first look: for rendering on a server, and taking over from it. */
  readonly getInitialSnapshot: () => TaskSnapshot;
  /** Looks on after an {@link TaskSnapshot.error}, if somebody subscribes and the task has not ended. */
  readonly retry: () => void;
}

const stores = /* @__PURE__ */ new WeakMap<Task, TaskStore>();

/**
 * The store of a task; the same one for the same object.
 *
 * @example
 * ```ts
 * const store = observe(task);
 * const stop = store.subscribe(({ status, progress_percent, videos }) => render(status, progress_percent, videos));
 * ```
 */
export function observe(task: Task): TaskStore {
  let store = stores.get(task);
  if (store === undefined) {
    store = new Store(task);
    stores.set(task, store);
  }
  return store;
}

type Listener = (snapshot: TaskSnapshot) => void;

class Store implements TaskStore {
  readonly task: Task;
  readonly #initial: TaskSnapshot;
  /** One entry per subscription, so that a function subscribed twice is called twice. */
  readonly #listeners = new Set<{ readonly call: Listener }>();
  #snapshot: TaskSnapshot;
  #watching: AbortController | undefined;

  constructor(task: Task) {
    this.task = task;
    this.#initial = Object.freeze({
      id: task.id,
      status: "unknown",
      providerStatus: "",
      ended: false,
      progress_percent: null,
      eta: null,
      elapsedMs: 0,
      reason: null,
      videos: null,
      problem: null,
      error: null,
    });
    this.#snapshot = this.#initial;
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    const subscription = { call: listener };
    this.#listeners.add(subscription);
    call(subscription, this.#snapshot);
    if (this.#listeners.size === 1) this.#watch();
    return () => {
      if (!this.#listeners.delete(subscription) || this.#listeners.size > 0) return;
      // Frameworks leave and come back in one breath: a look under way need not be thrown away for that.
      queueMicrotask(() => {
        if (this.#listeners.size === 0) this.#rest();
      });
    };
  };

  readonly getSnapshot = (): TaskSnapshot => this.#snapshot;

  readonly getInitialSnapshot = (): TaskSnapshot => this.#initial;

  readonly retry = (): void => {
    if (this.#listeners.size > 0) this.#watch();
  };

  #rest(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }

  #watch(): void {
    if (this.#watching !== undefined || this.#snapshot.ended) return;
    const watching = new AbortController();
    this.#watching = watching;
    let last: Partial<TaskSnapshot> = {};
    const told = (update: TaskUpdate) => {
      last = seen(update);
      // The last look is told together with what it came to.
      if (!update.ended) this.#set({ ...last, error: null });
    };
    const over = (outcome: Partial<TaskSnapshot>) => {
      if (this.#watching !== watching) return;
      this.#watching = undefined;
      this.#set({ ...last, error: null, ...outcome });
    };
    this.task.result({ signal: watching.signal, onUpdate: told }).then(
      ({ videos }) => over({ videos }),
      (error: unknown) => over({ error: error instanceof Error ? error : new Error(String(error), { cause: error }) }),
    );
  }

  #set(change: Partial<TaskSnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    const names = Object.keys(next) as (keyof TaskSnapshot)[];
    if (names.every((name) => Object.is(next[name], this.#snapshot[name]))) return;
    this.#snapshot = Object.freeze(next);
    for (const subscription of [...this.#listeners]) {
      if (this.#listeners.has(subscription)) call(subscription, this.#snapshot);
    }
  }
}

function seen(update: TaskUpdate): Partial<TaskSnapshot> {
  const { status, providerStatus, ended, progress_percent, eta, elapsedMs, reason, problem } = update;
  return { status, providerStatus, ended, progress_percent, eta, elapsedMs, reason, problem };
}

/** What a listener throws is its own affair: it is reported as uncaught, and neither the looks nor others stop. */
function call(subscription: { readonly call: Listener }, snapshot: TaskSnapshot): void {
  try {
    subscription.call(snapshot);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
