// Carries out what core's watcher says, for all tasks of one client together.

import type { Look, Watch } from "#glue";

import { core, discard, isTrap } from "./core.js";
import { after, isLoopback, send, type Arrival, type Host } from "./http.js";

/** How long one look may take, in milliseconds; the client's own time-out, where shorter, comes first. */
const LOOK_TIMEOUT = 30_000;

/** Pause before a stopped instance is replaced, in milliseconds: whatever stopped it may stop the next one too. */
const RECOVERY = 1000;

/** One look at a task. */
export interface Seen {
  look: Look;
  arrival: Arrival;
  /** `Date.now()` when it arrived. */
  at: number;
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
}

interface Watched {
  subject: Subject;
  listeners: Set<Listener>;
  /** Ends the look under way when nobody wants it any more. */
  stop: AbortController;
}

/** Watches the tasks of one client; nothing runs while nobody listens. */
export class Watching {
  readonly #host: Host;
  readonly #timeout: number;
  readonly #most: number | undefined;
  readonly #watched = new Map<string, Watched>();
  #watch: Watch | undefined;
  #stopTimer: () => void = () => {};
  #stopSenses: (() => void) | undefined;

  constructor(host: Host, timeout: number, maxReadsPerMinute: number | undefined) {
    this.#host = host;
    this.#timeout = Math.min(timeout, LOOK_TIMEOUT);
    this.#most = maxReadsPerMinute;
  }

  /** Tells the listener of every look at a task until it ends or the returned function is called. */
  listen(subject: Subject, listener: Listener): () => void {
    let watched = this.#watched.get(subject.id);
    if (watched === undefined) {
      watched = { subject, listeners: new Set(), stop: new AbortController() };
      this.#watched.set(subject.id, watched);
      this.#take(this.#machine(), subject);
    }
    watched.listeners.add(listener);
    const mine = watched;
    this.#pump();
    return () => {
      mine.listeners.delete(listener);
      if (mine.listeners.size === 0) this.#drop(mine);
    };
  }

  #machine(): Watch {
    if (this.#watch === undefined) {
      this.#watch = new (core().Watch)(this.#most, Math.floor(Math.random() * 2 ** 32));
      this.#stopSenses = sense(this.#watch, isLoopback(this.#host.baseURL), () => this.#pump());
    }
    return this.#watch;
  }

  #take(machine: Watch, { id, since, seconds }: Subject): void {
    machine.watch(id, Math.max(0, Date.now() - since), seconds, performance.now());
  }

  #drop(watched: Watched): void {
    const { id } = watched.subject;
    if (this.#watched.get(id) !== watched) return;
    this.#watched.delete(id);
    watched.stop.abort();
    this.#watch?.forget(id);
    if (this.#watched.size === 0) this.#rest();
    else this.#pump();
  }

  /** Nobody listens: no timer and no event listener is left, so nothing keeps a process alive. */
  #rest(): void {
    this.#stopTimer();
    this.#stopSenses?.();
    this.#stopSenses = undefined;
    this.#watch?.free();
    this.#watch = undefined;
  }

  #pump(): void {
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
      const path = core().read_path(id);
      arrival = await send(this.#host, { method: "GET", path, timeout: this.#timeout }, watched.stop.signal);
    } catch (error) {
      if (!watched.stop.signal.aborted) this.#break(watched, error);
      return;
    }
    if (this.#watched.get(id) !== watched) return;
    this.#guarded(() => this.#saw(watched, arrival));
    this.#pumpIfAny();
  }

  #saw(watched: Watched, arrival: Arrival): void {
    const { id } = watched.subject;
    const { arrived, status, retryAfter, text, cells } = arrival;
    const at = Date.now();
    const look = this.#machine().saw(id, arrived, status, retryAfter, text, cells, at, performance.now());
    if (look.state?.ended === true) this.#watched.delete(id);
    for (const listener of [...watched.listeners]) listener.seen({ look, arrival, at });
  }

  #pumpIfAny(): void {
    if (this.#watched.size === 0) this.#rest();
    else this.#pump();
  }

  /** Runs what calls core. An instance that was stopped takes the watcher with it: another takes up what was watched. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#stopSenses?.();
      this.#watch = undefined;
      if (isTrap(error)) this.#recover();
      else for (const watched of [...this.#watched.values()]) this.#break(watched, error);
    }
  }

  #recover(): void {
    discard(core());
    this.#stopTimer = after(RECOVERY, () =>
      this.#guarded(() => {
        for (const { subject } of this.#watched.values()) this.#take(this.#machine(), subject);
        this.#pump();
      }),
    );
  }

  #break(watched: Watched, error: unknown): void {
    this.#watched.delete(watched.subject.id);
    watched.stop.abort();
    for (const listener of [...watched.listeners]) listener.broken(error);
  }
}

/** Tells a watcher whether the page can be seen and the device is online, where there is a page. */
function sense(machine: Watch, isLocal: boolean, changed: () => void): () => void {
  if (typeof document === "undefined" || typeof addEventListener !== "function") return () => {};
  const tell = () => {
    machine.set_visible(document.visibilityState !== "hidden");
    // The loopback needs no network.
    machine.set_online(isLocal || navigator.onLine !== false);
  };
  const told = () => {
    tell();
    changed();
  };
  tell();
  document.addEventListener("visibilitychange", told);
  addEventListener("online", told);
  addEventListener("offline", told);
  return () => {
    document.removeEventListener("visibilitychange", told);
    removeEventListener("online", told);
    removeEventListener("offline", told);
  };
}
