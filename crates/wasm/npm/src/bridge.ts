// Carries calls to core and back. What is said lies on a desk in WebAssembly's memory (wasm/src/desk.rs), so that a
// call itself takes and gives numbers only: that is what makes it quick, and needs no generated glue.

import { passed, type Given, type Numbers } from "./passed.js";
import type { Answered, Arrived, Core, HeaderProbe, Raw, Watch } from "./raw.js";

/** The room made at first, in bytes: enough for a request of two full prompts. */
const ROOM = 16_384;
/** How core numbers what came of a request. */
const ARRIVED: readonly Arrived[] = ["json", "text", "not_sent", "lost"];
const TEXT = 4;
const LIST = 6;
const NULL = 0;

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder();

/** Core's functions, on an instance of the module. */
export function bridge(raw: Raw): Core {
  const desk = new Desk(raw);
  return {
    check(endpoint, walked) {
      const i2v = endpoint === "image-to-video";
      const [text, cells, files] = desk.put(walked.text, walked.cells, walked.files);
      const answer = desk.answer(raw.check(text, cells, files, i2v));
      const numbers = desk.numbers();
      return numbers(0) === 0
        ? { ok: false, issues: JSON.parse(answer) }
        : passed(answer, numbers, i2v, walked.copy as Given);
    },
    estimate(endpoint, walked, silentUsd = NaN, soundUsd = NaN) {
      const [text, cells] = desk.put(walked.text, walked.cells);
      return desk.json(raw.estimate(text, cells, endpoint === "image-to-video", silentUsd, soundUsd));
    },
    created: (answer, nowUnixMs, sent) => desk.json(raw.created(...desk.arrival("", answer), nowUnixMs, sent)),
    read_path: (id) => desk.answer(raw.read_path(desk.text(id))),
    timeout_ms: (bodyBytes = -1) => raw.timeout_ms(bodyBytes),
    was_read: (id, answer, nowUnixMs) => desk.json(raw.was_read(...desk.arrival(id, answer), nowUnixMs)),
    inspect_text(text, path) {
      const pathBytes = desk.text(path);
      return desk.json(raw.inspect_text(desk.text(path + text), pathBytes));
    },
    HeaderProbe: probeOn(desk, raw),
    Watch: watchOn(desk, raw),
  };
}

function probeOn(desk: Desk, raw: Raw): new (bytes: number) => HeaderProbe {
  return class implements HeaderProbe {
    readonly #probe: number;

    constructor(bytes: number) {
      this.#probe = raw.probe_new(bytes);
    }

    wants(): readonly [number, number] | undefined {
      const from = raw.probe_wants_from(this.#probe);
      return from < 0 ? undefined : [from, raw.probe_wants_to(this.#probe)];
    }

    feed(bytes: Uint8Array): void {
      raw.probe_feed(this.#probe, desk.bytes(bytes));
    }

    finish(path: string): ReturnType<HeaderProbe["finish"]> {
      return desk.json(raw.probe_finish(this.#probe, desk.text(path)));
    }

    free(): void {
      raw.probe_free(this.#probe);
    }
  };
}

function watchOn(desk: Desk, raw: Raw): new (maxReadsPerMinute: number | undefined, seed: number) => Watch {
  const free = (watch: number) => {
    try {
      raw.watch_free(watch);
    } catch {
      // The instance was stopped in the middle of something, and is gone with all that it held.
    }
  };
  // Not every edge worker has it; their instances do not live long.
  const forgotten = typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry(free);
  return class implements Watch {
    readonly #watch: number;

    constructor(maxReadsPerMinute = NaN, seed: number) {
      this.#watch = raw.watch_new(maxReadsPerMinute, seed);
      forgotten?.register(this, this.#watch);
    }

    watch(id: string, ageMs: number, seconds = 0, sound = false, now: number): void {
      desk.answer(raw.watch_watch(this.#watch, desk.text(id), ageMs, seconds, sound, now));
    }

    look_now(id: string, now: number): void {
      desk.answer(raw.watch_look_now(this.#watch, desk.text(id), now));
    }

    forget(id: string): void {
      desk.answer(raw.watch_forget(this.#watch, desk.text(id)));
    }

    next(now: number): ReturnType<Watch["next"]> {
      return desk.json(raw.watch_next(this.#watch, now));
    }

    saw(id: string, answer: Answered, nowUnixMs: number, now: number): ReturnType<Watch["saw"]> {
      return desk.json(raw.watch_saw(this.#watch, ...desk.arrival(id, answer), nowUnixMs, now));
    }

    sense(visible: boolean, online: boolean): void {
      raw.watch_sense(this.#watch, visible, online);
    }
  };
}

/** The desk and a view of the memory where its room is. Addresses come as 32 bits with a sign, hence `>>> 0`. */
class Desk {
  readonly #raw: Raw;
  #size = 0;
  #at = 0;
  #view = new Uint8Array(0);
  #floats = new DataView(new ArrayBuffer(0));

  constructor(raw: Raw) {
    this.#raw = raw;
  }

  /** The room, of at least so many bytes. The view dies when the memory grows, which any call may cause. */
  #room(bytes: number): Uint8Array {
    if (bytes > this.#size) {
      this.#size = Math.max(bytes, ROOM);
      this.#at = this.#raw.room(this.#size) >>> 0;
    } else if (this.#view.buffer === this.#raw.memory.buffer) {
      return this.#view;
    }
    return (this.#view = new Uint8Array(this.#raw.memory.buffer, this.#at, this.#size));
  }

  /** Writes a text; how many bytes it took. */
  text(text: string): number {
    // One byte a unit is what most texts take, three the most that any can.
    let { read, written } = encoder.encodeInto(text, this.#room(text.length));
    if (read < text.length) {
      const rest = text.slice(read);
      written += encoder.encodeInto(rest, this.#room(written + rest.length * 3).subarray(written)).written;
    }
    return written;
  }

  /** Writes bytes. */
  bytes(bytes: Uint8Array): number {
    this.#room(bytes.length).set(bytes);
    return bytes.length;
  }

  /** Writes what a value was laid out as; how much of each there is. */
  put(text: string, cells: ArrayLike<number>, files: readonly Uint8Array[] = []): [text: number, cells: number, files: number] {
    const written = this.text(text);
    const bytes = files.reduce((sum, file) => sum + file.length, (cells.length + files.length) * 8);
    const room = this.#room(written + bytes);
    const numbers = this.#numbers();
    let at = written;
    const number = (value: number) => {
      numbers.setFloat64(this.#at + at, value, true);
      at += 8;
    };
    for (let cell = 0; cell < cells.length; cell++) number(cells[cell] ?? 0);
    for (const file of files) number(file.length);
    for (const file of files) {
      room.set(file, at);
      at += file.length;
    }
    return [written, cells.length, files.length];
  }

  /** All of the memory, as numbers at any address. */
  #numbers(): DataView {
    if (this.#floats.buffer !== this.#raw.memory.buffer) this.#floats = new DataView(this.#raw.memory.buffer);
    return this.#floats;
  }

  /** The numbers that belong to the last answer, and whatever comes after them. */
  numbers(): Numbers {
    const at = this.#raw.numbers_at() >>> 0;
    const numbers = this.#numbers();
    return (index) => numbers.getFloat64(at + index * 8, true);
  }

  /** Writes what came of a request to or for a task: the list of id, `Retry-After` and body; how core is told of it. */
  arrival(id: string, answer: Answered): [text: number, cells: number, arrived: number, status: number] {
    const { arrived, status, retryAfter, text, cells: tape } = answer;
    const retry = retryAfter === undefined ? [NULL] : [TEXT, retryAfter.length];
    const body = arrived === "json" ? tape : [TEXT, text.length];
    const cells = [LIST, 3, TEXT, id.length, ...retry, ...body];
    const words = [id, ...(retryAfter === undefined ? [] : [retryAfter]), arrived === "json" ? text : `${text}\0`];
    const [bytes, count] = this.put(words.join("\0"), cells);
    return [bytes, count, ARRIVED.indexOf(arrived), status];
  }

  /** The answer of so many bytes. */
  answer(length: number): string {
    if (length === 0) return "";
    const answer = decoder.decode(new Uint8Array(this.#raw.memory.buffer, this.#raw.answer_at() >>> 0, length));
    if (answer.startsWith("!")) throw new Error(answer.slice(1));
    return answer;
  }

  /** The answer of so many bytes, which is JSON. */
  json<T>(length: number): T {
    return JSON.parse(this.answer(length));
  }
}
