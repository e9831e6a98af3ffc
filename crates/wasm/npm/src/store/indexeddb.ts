import type { Intent } from "rushes";

import type { StoreOptions } from "./journal.js";
import { kept, shown, type KeptIntents } from "./kept.js";

/** Version of the database's layout. */
const VERSION = 1;
const INTENTS = "intents";

/** What may be said of an {@link indexedDBStore}. */
export interface IndexedDBStoreOptions extends StoreOptions {
  /** Name of its database. Default `rushes`. */
  name?: string | undefined;
}

/**
 * A store in IndexedDB, for all tabs and workers of an origin together. Each is written through to the disk before the
 * request is sent (`durability: "strict"`). While one is on its way its tab holds a Web Lock, so the others can tell it
 * from what a crash left behind; without Web Locks what another tab is sending is shown as `unsure`.
 *
 * The database is opened at the first use, and let go when another tab wants to change or delete it.
 *
 * @example
 * ```ts
 * const store = indexedDBStore();
 * const rushes = new Rushes({ baseURL: "/api/novita", store });
 * for (const intent of await store.pending()) {
 *   if (intent.state === "accepted") void watch(rushes.task(intent));
 * }
 * ```
 */
export function indexedDBStore(options: IndexedDBStoreOptions = {}): KeptIntents {
  const { name = "rushes" } = options;
  const database = new Database(name);
  const flights = new Flights(`rushes:${name}:`);
  const keeper = {
    async put(intent: Intent) {
      const isBeginning = intent.state === "sending";
      try {
        if (isBeginning) await flights.begin(intent.key);
        await database.run("readwrite", (intents) => intents.put(intent));
        if (!isBeginning) flights.end(intent.key);
      } catch (error) {
        flights.end(intent.key);
        throw error;
      }
    },
    async all() {
      // First who is sending, then what is kept: whoever comes to an end in between is shown with that end.
      const sending = await flights.underWay();
      const found = await database.run("readonly", (intents) => intents.getAll() as IDBRequest<Intent[]>);
      return shown(found, (key) => sending.has(key));
    },
    async forget(key: string) {
      await database.run("readwrite", (intents) => intents.delete(key));
    },
  };
  return kept(keeper, options);
}

/** The database, opened when it is needed. */
class Database {
  readonly #name: string;
  #opened: Promise<IDBDatabase> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** Runs one request in a transaction of its own, and gives what it found once that is complete. */
  async run<T>(mode: IDBTransactionMode, work: (intents: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await this.#open()).transaction(INTENTS, mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      const request = work(transaction.objectStore(INTENTS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error(`the database ${this.#name} was closed`));
    });
  }

  #open(): Promise<IDBDatabase> {
    if (this.#opened !== undefined) return this.#opened;
    const opened = new Promise<IDBDatabase>((resolve, reject) => {
      if (typeof indexedDB === "undefined") throw new TypeError("there is no IndexedDB here");
      const request = indexedDB.open(this.#name, VERSION);
      request.onupgradeneeded = () => void request.result.createObjectStore(INTENTS, { keyPath: "key" });
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        const letGo = () => {
          database.close();
          if (this.#opened === opened) this.#opened = undefined;
        };
        // Another tab wants to change or delete it; or the browser closed it, and the next use opens it anew.
        database.onversionchange = letGo;
        database.onclose = letGo;
        resolve(database);
      };
    });
    this.#opened = opened;
    // What failed once may go well the next time.
    opened.catch(() => {
      if (this.#opened === opened) this.#opened = undefined;
    });
    return opened;
  }
}

/** Who is sending: a lock for each intent under way, which ends with its tab. */
class Flights {
  readonly #prefix: string;
  readonly #mine = new Map<string, () => void>();
  readonly #locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Resolves once every tab can know. */
  begin(key: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const held = new Promise<void>((end) => this.#mine.set(key, end));
      if (this.#locks === undefined) return resolve();
      const locked = this.#locks.request(this.#prefix + key, () => {
        resolve();
        return held;
      });
      locked.catch((error: unknown) => {
        this.end(key);
        reject(error);
      });
    });
  }

  end(key: string): void {
    this.#mine.get(key)?.();
    this.#mine.delete(key);
  }

  async underWay(): Promise<Set<string>> {
    const { held = [] } = (await this.#locks?.query()) ?? {};
    const others = held.flatMap(({ name }) => (name?.startsWith(this.#prefix) ? [name.slice(this.#prefix.length)] : []));
    return new Set([...this.#mine.keys(), ...others]);
  }
}
