// Carries calls to core and back. What is said lies on a desk in WebAssembly's memory (wasm/src/desk.rs), so that a
// call itself takes and gives numbers only: that is what makes it quick, and the generated glue small.

import { passed, type Given, type Numbers } from "./passed.js";
import type { Arrived, Core, HeaderProbe, Raw, RawDesk, RawHeaderProbe, RawWatch, Watch } from "#glue";

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
      const answer = desk.answer(desk.raw.check(text, cells, files, i2v));
      const numbers = desk.numbers();
      return numbers(0) === 0
        ? { ok: false, issues: JSON.parse(answer) }
        : passed(answer, numbers, i2v, walked.copy as Given);
    },
    estimate(endpoint, walked, silentUsd = NaN, soundUsd = NaN) {
      const [text, cells] = desk.put(walked.text, walked.cells);
      return desk.json(desk.raw.estimate(text, cells, endpoint === "image-to-video", silentUsd, soundUsd));
    },
    created(arrived, status, retryAfter, text, tape, nowUnixMs, sent) {
      const lengths = desk.arrival("", retryAfter, arrived, text, tape);
      return desk.json(desk.raw.created(...lengths, ARRIVED.indexOf(arrived), status, nowUnixMs, sent));
    },
    read_path: (id) => desk.answer(desk.raw.read_path(desk.text(id))),
    timeout_ms: (bodyBytes = -1) => desk.raw.timeout_ms(bodyBytes),
    was_read(id, arrived, status, retryAfter, text, tape, nowUnixMs) {
      const lengths = desk.arrival(id, retryAfter, arrived, text, tape);
      return desk.json(desk.raw.was_read(...lengths, ARRIVED.indexOf(arrived), status, nowUnixMs));
    },
    inspect_text(text, path) {
      const pathBytes = desk.text(path);
      return desk.json(desk.raw.inspect_text(desk.text(path + text), pathBytes));
    },
    HeaderProbe: probeOn(desk, raw),
    Watch: watchOn(desk, raw),
  };
}

function probeOn(desk: Desk, raw: Raw): new (bytes: number) => HeaderProbe {
  return class implements HeaderProbe {
    readonly #probe: RawHeaderProbe;

    constructor(bytes: number) {
      this.#probe = new raw.HeaderProbe(bytes);
    }

    wants(): readonly [number, number] | undefined {
      const from = this.#probe.wants_from();
      return from < 0 ? undefined : [from, this.#probe.wants_to()];
    }

    feed(bytes: Uint8Array): void {
      this.#probe.feed(desk.raw, desk.bytes(bytes));
    }

    finish(path: string): ReturnType<HeaderProbe["finish"]> {
      return desk.json(this.#probe.finish(desk.raw, desk.text(path)));
    }

    free(): void {
      this.#probe.free();
    }
  };
}

function watchOn(desk: Desk, raw: Raw): new (maxReadsPerMinute: number | undefined, seed: number) => Watch {
  return class implements Watch {
    readonly #watch: RawWatch;

    constructor(maxReadsPerMinute = NaN, seed: number) {
      this.#watch = new raw.Watch(maxReadsPerMinute, seed);
    }

    watch(id: string, ageMs: number, seconds = 0, now: number): void {
      desk.answer(this.#watch.watch(desk.raw, desk.text(id), ageMs, seconds, now));
    }

    look_now(id: string, now: number): void {
      desk.answer(this.#watch.look_now(desk.raw, desk.text(id), now));
    }

    forget(id: string): void {
      desk.answer(this.#watch.forget(desk.raw, desk.text(id)));
    }

    next(now: number): ReturnType<Watch["next"]> {
      return desk.json(this.#watch.next(desk.raw, now));
    }

    saw(...told: Parameters<Watch["saw"]>): ReturnType<Watch["saw"]> {
      const [id, arrived, status, retryAfter, text, tape, nowUnixMs, now] = told;
      const lengths = desk.arrival(id, retryAfter, arrived, text, tape);
      return desk.json(this.#watch.saw(desk.raw, ...lengths, ARRIVED.indexOf(arrived), status, nowUnixMs, now));
    }

    set_visible(visible: boolean): void {
      this.#watch.set_visible(visible);
    }

    set_online(online: boolean): void {
      this.#watch.set_online(online);
    }

    free(): void {
      this.#watch.free();
    }
  };
}

/** The desk and a view of the memory where its room is. */
class Desk {
  readonly raw: RawDesk;
  readonly #memory: WebAssembly.Memory;
  #size = 0;
  #at = 0;
  #view = new Uint8Array(0);
  #floats = new DataView(new ArrayBuffer(0));

  constructor({ Desk, memory }: Raw) {
    this.raw = new Desk();
    this.#memory = memory;
  }

  /** The room, of at least so many bytes. The view dies when the memory grows, which any call may cause. */
  #room(bytes: number): Uint8Array {
    if (bytes > this.#size) {
      this.#size = Math.max(bytes, ROOM);
      this.#at = this.raw.room(this.#size);
    } else if (this.#view.buffer === this.#memory.buffer) {
      return this.#view;
    }
    return (this.#view = new Uint8Array(this.#memory.buffer, this.#at, this.#size));
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
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new DataView(this.#memory.buffer);
    return this.#floats;
  }

  /** The numbers that belong to the last answer, and whatever comes after them. */
  numbers(): Numbers {
    const at = this.raw.numbers_at();
    const numbers = this.#numbers();
    return (index) => numbers.getFloat64(at + index * 8, true);
  }

  /** Writes what came of a request to or for a task: the list of id, `Retry-After` and body. */
  arrival(id: string, retryAfter: string | undefined, arrived: Arrived, text: string, tape: Float64Array): [number, number] {
    const retry = retryAfter === undefined ? [NULL] : [TEXT, retryAfter.length];
    const body = arrived === "json" ? tape : [TEXT, text.length];
    const cells = [LIST, 3, TEXT, id.length, ...retry, ...body];
    const words = [id, ...(retryAfter === undefined ? [] : [retryAfter]), arrived === "json" ? text : `${text}\0`];
    const [bytes, count] = this.put(words.join("\0"), cells);
    return [bytes, count];
  }

  /** The answer of so many bytes. */
  answer(length: number): string {
    if (length === 0) return "";
    const answer = decoder.decode(new Uint8Array(this.#memory.buffer, this.raw.answer_at(), length));
    if (answer.startsWith("!")) throw new Error(answer.slice(1));
    return answer;
  }

  /** The answer of so many bytes, which is JSON. */
  json<T>(length: number): T {
    return JSON.parse(this.answer(length));
  }
}
