// Carries out what core's watcher says, for all tasks of one client together.

import type { Look, Watch } from "./raw.js";

import { ask, core, discard, isTrap } from "./core.js";
import { after, send, type Arrival, type Host } from "./http.js";

/** Pause before a stopped instance is replaced, in milliseconds: whatever stopped it may stop the next one too. */
const RECOVERY = 1000;

/** Age from which the last look is too old to be the only news for somebody who joins, in milliseconds. */
const STALE = 2000;

/** One look at a task. */
export interface Seen {
  look: Look;
  /** The task's state by this look; by an earlier one, where this told nothing. */
  state: Look["state"];
  arrival: Arrival;
  /** `Date.now()` when it arrived. */
  at: number;
  /** How many looks in a row, this one included, were refused for the key's or the account's sake. */
  refusals: number;
}

/** Who wants to know. */
export interface Listener {
  /** Something was seen. Must not throw. */
  seen(seen: Seen): void;
  /** The watching itself broke. Must not throw. */
  broken(error: unknown): void;
}

/** What is watched. */
export interface Subject {
  id: string;
  /** When it was created, `Date.now()`; or when it was first heard of. */
  since: number;
  seconds: number | undefined;
  sound: boolean | undefined;
}

interface Watched {
  subject: Subject;
  listeners: Set<Listener>;
  /** Ends the look under way when nobody wants it any more. */
  stop: AbortController;
  /** The last look, for whoever joins later. */
  last: Seen | undefined;
}

/** Watches the tasks of one client; nothing runs while nobody listens. */
export class Watching {
  readonly #host: Host;
  readonly #timeout: number;
  readonly #most: number | undefined;
  readonly #watched = new Map<string, Watched>();
  /** Kept while nobody listens: it remembers the budget, and how long the provider asked to be left alone. */
  #watch: Watch | undefined;
  #isMending = false;
  #stopTimer: () => void = () => {};
  #stopSenses: (() => void) | undefined;

  /** `timeout`: milliseconds for one look, where that is less than core gives it. */
  constructor(host: Host, timeout: number | undefined, maxReadsPerMinute: number | undefined) {
    this.#host = host;
    this.#timeout = timeout ?? Infinity;
    this.#most = maxReadsPerMinute;
  }

  /**
   * Tells the listener of every look at a task until it ends or the returned function is called; first, where somebody
   * watches it already, of the last one. The listener hears nothing before this returns.
   */
  listen(subject: Subject, listener: Listener): () => void {
    const watched = this.#watched.get(subject.id) ?? this.#begin(subject);
    watched.listeners.add(listener);
    this.#join(watched, listener);
    this.#pump();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.#drop(watched);
    };
  }

  #begin(subject: Subject): Watched {
    const watched: Watched = { subject, listeners: new Set(), stop: new AbortController(), last: undefined };
    try {
      this.#take(this.#machine(), subject);
    } catch (error) {
      if (!isTrap(error)) throw error;
      this.#mend();
    }
    this.#watched.set(subject.id, watched);
    return watched;
  }

  #join(watched: Watched, listener: Listener): void {
    const { last, subject } = watched;
    if (last === undefined) return;
    queueMicrotask(() => {
      if (watched.last === last && watched.listeners.has(listener)) listener.seen(last);
    });
    if (Date.now() - last.at > STALE) this.#guarded(() => this.#machine().look_now(subject.id, performance.now()));
  }

  /** The watcher. A new one takes over whatever is watched. */
  #machine(): Watch {
    if (this.#watch === undefined) {
      this.#watch = new (core().Watch)(this.#most, Math.floor(Math.random() * 2 ** 32));
      for (const { subject } of this.#watched.values()) this.#take(this.#watch, subject);
    }
    this.#stopSenses ??= sense(this.#watch, this.#host.isLocal, () => this.#pump());
    return this.#watch;
  }

  #take(machine: Watch, { id, since, seconds, sound }: Subject): void {
    machine.watch(id, Math.max(0, Date.now() - since), seconds, sound, performance.now());
  }

  #drop(watched: Watched): void {
    const { id } = watched.subject;
    if (this.#watched.get(id) !== watched) return;
    this.#watched.delete(id);
    watched.stop.abort();
    this.#guarded(() => this.#watch?.forget(id));
    this.#pump();
  }

  /** Nobody listens: no timer and no event listener is left, so nothing keeps a process alive. */
  #rest(): void {
    this.#stopTimer();
    this.#isMending = false;
    this.#stopSenses?.();
    this.#stopSenses = undefined;
  }

  #pump(): void {
    if (this.#watched.size === 0) return this.#rest();
    if (this.#isMending) return;
    this.#stopTimer();
    this.#guarded(() => {
      for (;;) {
        const { read, waitUntil } = this.#machine().next(performance.now());
        for (const id of read) void this.#look(id);
        if (read.length > 0) continue;
        if (waitUntil !== null) {
          const wait = Math.max(0, Math.ceil(waitUntil - performance.now()));
          this.#stopTimer = after(wait, () => this.#pump());
        }
        return;
      }
    });
  }

  async #look(id: string): Promise<void> {
    const watched = this.#watched.get(id);
    if (watched === undefined) return;
    let arrival: Arrival;
    try {
      const { path, most } = ask((core) => ({ path: core.read_path(id), most: core.timeout_ms(undefined) }));
      const timeout = Math.min(most, this.#timeout);
      arrival = await send(this.#host, { method: "GET", path, timeout }, watched.stop.signal);
    } catch (error) {
      if (!watched.stop.signal.aborted) this.#break(watched, error);
      return;
    }
    if (this.#watched.get(id) !== watched) return;
    this.#guarded(() => this.#saw(watched, arrival));
    this.#pump();
  }

  #saw(watched: Watched, arrival: Arrival): void {
    const { id } = watched.subject;
    const at = Date.now();
    const look = this.#machine().saw(id, arrival, at, performance.now());
    const before = watched.last?.refusals ?? 0;
    const refusals = look.state !== null ? 0 : look.failure?.retryable === false ? before + 1 : before;
    watched.last = { look, state: look.state ?? watched.last?.state ?? null, arrival, at, refusals };
    if (look.state?.ended === true) this.#watched.delete(id);
    for (const listener of [...watched.listeners]) listener.seen(watched.last);
  }

  /** Runs what calls core. An instance that was stopped takes the watcher with it: another takes its place. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (isTrap(error)) return this.#mend();
      for (const watched of [...this.#watched.values()]) this.#break(watched, error);
      this.#rest();
    }
  }

  #mend(): void {
    this.#watch = undefined;
    this.#stopSenses?.();
    this.#stopSenses = undefined;
    discard(core());
    this.#stopTimer();
    this.#isMending = true;
    this.#stopTimer = after(RECOVERY, () => {
      this.#isMending = false;
      this.#pump();
    });
  }

  #break(watched: Watched, error: unknown): void {
    this.#watched.delete(watched.subject.id);
    watched.stop.abort();
    for (const listener of [...watched.listeners]) listener.broken(error);
  }
}

/** Tells a watcher whether the page can be seen and the device is online, where there is a page or a worker of one. */
function sense(machine: Watch, isLocal: boolean, changed: () => void): () => void {
  const page = typeof document === "undefined" ? undefined : document;
  const knows = typeof navigator !== "undefined" && typeof navigator.onLine === "boolean";
  if (typeof addEventListener !== "function" || !(knows || page !== undefined)) return () => {};
  const tell = () => {
    // The loopback needs no network.
    machine.sense(page?.visibilityState !== "hidden", isLocal || !knows || navigator.onLine);
  };
  const told = () => {
    tell();
    changed();
  };
  tell();
  page?.addEventListener("visibilitychange", told);
  addEventListener("online", told);
  addEventListener("offline", told);
  return () => {
    page?.removeEventListener("visibilitychange", told);
    removeEventListener("online", told);
    removeEventListener("offline", told);
  };
}
