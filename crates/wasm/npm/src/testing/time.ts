/** What a {@link FakeTime} can be told. */
export interface FakeTimeOptions {
  /** Where it starts. Default: the real time. */
  now?: number | Date | undefined;
}

interface Timer {
  due: number;
  call: () => void;
  /** Milliseconds between the calls of an interval. */
  every: number | undefined;
}

/**
 * A clock that stands still until it is moved: while installed, it takes the place of `setTimeout`, `setInterval`,
 * `Date` and `performance.now`, so that what takes minutes is tested in milliseconds. It is no different from the fake
 * timers of your test runner, which do as well; use one of them at a time, and no two tests in parallel.
 *
 * `AbortSignal.timeout` keeps to the real time: give a `timeout` instead.
 *
 * @example
 * ```ts
 * const { videos } = await withoutWaiting(() => rushes.textToVideo.create({ prompt: "A fox" }).result());
 * ```
 */
export class FakeTime {
  readonly #start: number;
  readonly #timers = new Map<number, Timer>();
  #passed = 0;
  #ids = 0;
  #undo: (() => void) | undefined;
  #realTimeout: typeof setTimeout | undefined;

  constructor({ now = Date.now() }: FakeTimeOptions = {}) {
    this.#start = Number(now);
  }

  /** Milliseconds since 1970, as `Date.now()` gives while it is installed. */
  now(): number {
    return this.#start + this.#passed;
  }

  /** Milliseconds that have passed. */
  get passed(): number {
    return this.#passed;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Takes the place of the real time. */
  install(): this {
    if (this.#undo !== undefined) return this;
    if (isInstalled) throw new Error("another FakeTime is installed");
    isInstalled = true;
    const { setTimeout, clearTimeout, setInterval, clearInterval, Date } = globalThis;
    this.#realTimeout = setTimeout;
    const performanceNow = Object.getOwnPropertyDescriptor(performance, "now");
    const begun = performance.now();
    const add = (every: boolean) => (call: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const wait = Math.max(every ? 1 : 0, Number(ms) || 0);
      const timer = { due: this.#passed + wait, call: () => call(...args), every: every ? wait : undefined };
      this.#timers.set(++this.#ids, timer);
      return new Handle(this.#ids);
    };
    const remove = (id: unknown) => void this.#timers.delete(Number(id));
    const timers = { setTimeout: add(false), clearTimeout: remove, setInterval: add(true), clearInterval: remove };
    Object.assign(globalThis, timers, { Date: dateOf(Date, () => this.now()) });
    const value = () => begun + this.#passed;
    Object.defineProperty(performance, "now", { value, configurable: true, writable: true });
    this.#undo = () => {
      isInstalled = false;
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval, Date });
      if (performanceNow === undefined) delete (performance as { now?: unknown }).now;
      else Object.defineProperty(performance, "now", performanceNow);
    };
    return this;
  }

  /** Gives the real time back. Timers that still wait are dropped. */
  uninstall(): void {
    this.#undo?.();
    this.#undo = undefined;
    this.#realTimeout = undefined;
    this.#timers.clear();
  }

  /** Lets so many milliseconds pass, timer by timer; between them, whatever was set going comes to rest. */
  async advance(ms: number): Promise<void> {
    const end = this.#passed + ms;
    await this.#idle();
    while (this.#next(end)) await this.#idle();
    this.#passed = end;
  }

  /** Lets time pass to the next timer, and tells whether there was one. */
  async jump(): Promise<boolean> {
    await this.#idle();
    return this.#next(Infinity);
  }

  /** Waits until what was set going has come to rest: promises, streams, blobs. */
  async #idle(): Promise<void> {
    const real = this.#realTimeout ?? globalThis.setTimeout;
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => void real.call(globalThis, resolve, 0));
  }

  /** Runs the timer that is due next, no later than then. */
  #next(latest: number): boolean {
    let found: [number, Timer] | undefined;
    for (const entry of this.#timers) if (found === undefined || entry[1].due < found[1].due) found = entry;
    if (found === undefined || found[1].due > latest) return false;
    const [id, timer] = found;
    this.#passed = Math.max(this.#passed, timer.due);
    if (timer.every === undefined) this.#timers.delete(id);
    else timer.due += timer.every;
    timer.call();
    return true;
  }
}

/** What {@link withoutWaiting} can be told. */
export interface WithoutWaitingOptions extends FakeTimeOptions {
  /** Milliseconds that may pass until the work is given up. Default: a day. */
  limit?: number | undefined;
}

/**
 * Runs something with a clock that jumps to the next timer whenever nothing else is to be done: hours pass at once.
 * Only for work that waits for timers alone, such as that on a `FakeProvider`: a real network would time out at once.
 *
 * @throws Error where the work has not ended when the limit has passed, or when no timer is left to wait for.
 */
export async function withoutWaiting<T>(
  work: (time: FakeTime) => Promise<T>,
  { limit = DAY, ...options }: WithoutWaitingOptions = {},
): Promise<T> {
  const time = new FakeTime(options).install();
  let isOver = false;
  const jump = async (giveUp: (error: Error) => void) => {
    for (let quiet = 0; !isOver && quiet < QUIET_MAX; ) {
      quiet = (await time.jump()) ? 0 : quiet + 1;
      if (time.passed <= limit) continue;
      return giveUp(new Error(`${time.passed / 1000} seconds have passed, and the work has not ended`));
    }
    if (!isOver) giveUp(new Error("no timer is left to wait for, and the work has not ended"));
  };
  let jumping: Promise<void> | undefined;
  const stuck = new Promise<never>((_, reject) => {
    jumping = jump(reject);
  });
  // Work that throws at once is raced by nobody.
  stuck.catch(() => {});
  try {
    return await Promise.race([work(time), stuck]);
  } finally {
    isOver = true;
    time.uninstall();
    await jumping;
  }
}

const DAY = 86_400_000;
/** Times in a row that nothing is there to jump to, some milliseconds each, until work counts as stuck. */
const QUIET_MAX = 1000;

let isInstalled = false;
/** Turns of the event loop in which things come to rest. */
const TURNS = 4;

/** What a timer is known by: a number for browsers, with what Node's timers have. */
class Handle {
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}

/** `Date`, but for what the time is now. */
function dateOf(real: DateConstructor, now: () => number): DateConstructor {
  return new Proxy(real, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new real(now()).toString(),
    get: (target, name, self) => (name === "now" ? now : Reflect.get(target, name, self)),
  });
}
