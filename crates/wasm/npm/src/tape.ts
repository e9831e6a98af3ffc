// Lays a JavaScript value out so that it crosses into WebAssembly in one call. The Rust side's tape.rs has the table.

/** A value laid out, and where a file is that can only be read asynchronously. */
export interface Laid {
  text: string;
  cells: Float64Array;
  files: Uint8Array[];
  blobs: FoundBlob[];
}

/** A `Blob` met on the way: laid out as something of the wrong type until {@link fill} puts its bytes there. */
export interface FoundBlob {
  blob: Blob;
  /** JSON Pointer. */
  path: string;
  /** Where in the cells it stands. */
  at: number;
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
  const walk = new Walk();
  walk.value(value, true);
  return walk.isTooLarge ? lay(TOO_LARGE) : walk.laid();
}

/** Puts a blob's bytes where it stands. */
export function fill(laid: Laid, found: FoundBlob, bytes: Uint8Array): void {
  laid.cells[found.at] = BYTES;
  laid.cells[found.at + 1] = laid.files.push(bytes) - 1;
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

class Walk {
  #cells: number[] = [];
  #texts: string[] = [];
  #files: Uint8Array[] = [];
  #blobs: FoundBlob[] = [];
  #trail: (string | number)[] = [];
  /** The objects around the one being laid out. */
  #around: object[] = [];
  isTooLarge = false;

  laid(): Laid {
    this.#texts.push("");
    const text = this.#texts.join("\0");
    return { text, cells: new Float64Array(this.#cells), files: this.#files, blobs: this.#blobs };
  }

  /** `loose`: the root or a list's item, where an object would be read on; elsewhere a list would be. */
  value(value: unknown, loose: boolean): void {
    switch (typeof value) {
      case "undefined":
        this.#cells.push(NULL);
        return;
      case "boolean":
        this.#cells.push(value ? TRUE : FALSE);
        return;
      case "number":
        this.#cells.push(NUMBER, value);
        return;
      case "string":
        this.#cells.push(TEXT, value.length);
        this.#texts.push(value);
        return;
      case "object":
        if (value === null) this.#cells.push(NULL);
        else this.#guarded(value, loose);
        return;
      default:
        this.#wrong(loose);
    }
  }

  /** A value that no field takes where it stands. */
  #wrong(loose: boolean): void {
    this.#cells.push(loose ? LIST : OBJECT, 0);
  }

  /** What was laid out of an object whose own code threw in the middle is taken back. */
  #guarded(value: object, loose: boolean): void {
    if (this.#cells.length > CELLS_MAX) this.isTooLarge = true;
    const depth = this.#around.length;
    if (this.isTooLarge || depth >= DEPTH_MAX || this.#around.includes(value)) return this.#wrong(loose);
    const marks = [this.#cells.length, this.#texts.length, this.#files.length, this.#blobs.length] as const;
    const steps = this.#trail.length;
    this.#around.push(value);
    try {
      this.#object(value, loose);
    } catch {
      [this.#cells.length, this.#texts.length, this.#files.length, this.#blobs.length] = marks;
      this.#trail.length = steps;
      this.#wrong(loose);
    }
    this.#around.length = depth;
  }

  #object(value: object, loose: boolean): void {
    if (Array.isArray(value)) return this.#list(value, loose);
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      this.#cells.push(BYTES, this.#files.push(bytes) - 1);
    } else if (isBlob(value)) {
      this.#blobs.push({ blob: value, path: this.#path(), at: this.#cells.length });
      this.#wrong(loose);
    } else if (typeof URL !== "undefined" && value instanceof URL) {
      this.value(value.href, loose);
    } else {
      this.#fields(value as Record<string, unknown>);
    }
  }

  #list(value: unknown[], loose: boolean): void {
    const count = value.length;
    if (count > LIST_MAX) return this.#wrong(loose);
    this.#cells.push(LIST, count);
    for (let at = 0; at < count; at++) {
      this.#trail.push(at);
      this.value(value[at], true);
      this.#trail.pop();
    }
  }

  /** As `JSON.stringify` does, a field that is `undefined` is left out. */
  #fields(value: Record<string, unknown>): void {
    const count = this.#cells.push(OBJECT, 0) - 1;
    let fields = 0;
    for (const name of Object.keys(value)) {
      let field: unknown;
      try {
        field = value[name];
      } catch {
        field = wrong;
      }
      if (field === undefined) continue;
      fields++;
      this.#cells.push(name.length);
      this.#texts.push(name);
      this.#trail.push(name);
      this.value(field, false);
      this.#trail.pop();
    }
    this.#cells[count] = fields;
    if (this.#cells.length > CELLS_MAX) this.isTooLarge = true;
  }

  #path(): string {
    return this.#trail.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  }
}

/** Stands for a field whose getter threw. */
const wrong = Symbol("wrong");
