// Lays a JavaScript value out so that it crosses into WebAssembly in one call. The Rust side's tape.rs has the table.

/** A value laid out. */
export interface Laid {
  text: string;
  cells: Float64Array;
  files: Uint8Array[];
  /** Where each `Blob` stands that was met on the way, as a JSON Pointer; it is laid out as something of the wrong type. */
  blobs: string[];
}

/** A value laid out for one call, and a copy of it: what was read, as it was then, an address as its text. */
export interface Walked extends Omit<Laid, "cells"> {
  cells: number[];
  copy: unknown;
}

/** Deepest nesting laid out: what is deeper counts as of the wrong type. */
const DEPTH_MAX = 64;
/** Longest list laid out: a sparse array may claim four billion items. */
const LIST_MAX = 65_536;
/** Most cells laid out. Objects that are referred to again and again can stand for more than any memory holds. */
const CELLS_MAX = 1 << 20;
/** Stands for a value of more cells. */
const TOO_LARGE = "(a value too large to look through)";

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const BYTES = 5;
const LIST = 6;
const OBJECT = 7;

/** Lays out any value at all; getters and proxies that throw, cycles, symbols and functions become wrong types. */
export function lay(value: unknown): Laid {
  const walked = walk(value);
  return { ...walked, cells: new Float64Array(walked.cells) };
}

/** As {@link lay}, for a value that is not kept. */
export function walk(value: unknown): Walked {
  const found = new Walk();
  found.copy = found.value(value, true);
  return found.isTooLarge ? walk(TOO_LARGE) : found;
}

/** The bytes behind a buffer or a view of one, not copied; `undefined` for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = Object.prototype.toString.call(value);
  if (tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]") {
    return new Uint8Array(value as ArrayBuffer);
  }
  return undefined;
}

/** Whether it is a `Blob` or `File`, of whatever realm or polyfill. */
export function isBlob(value: unknown): value is Blob {
  if (typeof value !== "object" || value === null) return false;
  if (typeof Blob !== "undefined" && value instanceof Blob) return true;
  const tag = Object.prototype.toString.call(value);
  return (tag === "[object Blob]" || tag === "[object File]") && typeof (value as Blob).arrayBuffer === "function";
}

/** The own fields of an object that is surely nothing but its fields; `undefined` for anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  try {
    return typeof value === "object" && value !== null && isPlain(value) ? { ...value } : undefined;
  } catch {
    // A getter or a proxy that throws.
    return undefined;
  }
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype && !(Symbol.toStringTag in value);
}

class Walk implements Walked {
  text = "";
  cells: number[] = [];
  files: Uint8Array[] = [];
  blobs: string[] = [];
  copy: unknown;
  #trail: (string | number)[] = [];
  /** The objects around the one being laid out. */
  #around: object[] = [];
  isTooLarge = false;

  /** `loose`: the root or a list's item, where an object would be read on; elsewhere a list would be. */
  value(value: unknown, loose: boolean): unknown {
    switch (typeof value) {
      case "undefined":
        this.cells.push(NULL);
        return value;
      case "boolean":
        this.cells.push(value ? TRUE : FALSE);
        return value;
      case "number":
        this.cells.push(NUMBER, value);
        return value;
      case "string":
        this.cells.push(TEXT, value.length);
        this.text += value + "\0";
        return value;
      case "object":
        if (value !== null) return this.#guarded(value, loose);
        this.cells.push(NULL);
        return value;
      default:
        return this.#wrong(loose);
    }
  }

  /** A value that no field takes where it stands. */
  #wrong(loose: boolean): void {
    this.cells.push(loose ? LIST : OBJECT, 0);
  }

  /** What was laid out of an object whose own code threw in the middle is taken back. */
  #guarded(value: object, loose: boolean): unknown {
    if (this.cells.length > CELLS_MAX) this.isTooLarge = true;
    const around = this.#around;
    const depth = around.length;
    if (this.isTooLarge || depth >= DEPTH_MAX || around.includes(value)) return this.#wrong(loose);
    const { text } = this;
    const cells = this.cells.length;
    const files = this.files.length;
    const blobs = this.blobs.length;
    const steps = this.#trail.length;
    around.push(value);
    let copy: unknown;
    try {
      copy = this.#object(value, loose);
    } catch {
      this.text = text;
      this.cells.length = cells;
      this.files.length = files;
      this.blobs.length = blobs;
      this.#trail.length = steps;
      this.#wrong(loose);
    }
    around.length = depth;
    return copy;
  }

  #object(value: object, loose: boolean): unknown {
    // Most are plain, and need not be asked what else they are.
    if (isPlain(value)) return this.#fields(value);
    if (Array.isArray(value)) return this.#list(value, loose);
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      this.cells.push(BYTES, this.files.push(bytes) - 1);
      return value;
    }
    if (isBlob(value)) {
      this.blobs.push(this.#path());
      return this.#wrong(loose);
    }
    if (typeof URL !== "undefined" && value instanceof URL) return this.value(value.href, loose);
    return this.#fields(value);
  }

  #list(value: unknown[], loose: boolean): unknown {
    const count = value.length;
    if (count > LIST_MAX) return this.#wrong(loose);
    this.cells.push(LIST, count);
    const copy: unknown[] = [];
    for (let at = 0; at < count; at++) {
      this.#trail.push(at);
      copy.push(this.value(value[at], true));
      this.#trail.pop();
    }
    return copy;
  }

  /** As `JSON.stringify` does, a field that is `undefined` is left out. */
  #fields(value: object): unknown {
    const count = this.cells.push(OBJECT, 0) - 1;
    const copy: Record<string, unknown> = {};
    let fields = 0;
    for (const name of Object.keys(value)) {
      let field: unknown;
      try {
        field = (value as Record<string, unknown>)[name];
      } catch {
        field = wrong;
      }
      if (field === undefined) continue;
      fields++;
      this.cells.push(name.length);
      this.text += name + "\0";
      this.#trail.push(name);
      copy[name] = this.value(field, false);
      this.#trail.pop();
    }
    this.cells[count] = fields;
    if (this.cells.length > CELLS_MAX) this.isTooLarge = true;
    return copy;
  }

  #path(): string {
    return this.#trail.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  }
}

/** Stands for a field whose getter threw. */
const wrong = Symbol("wrong");
