// A WebAssembly module as its sections, and what it asks for and gives by name.

const [IMPORTS, EXPORTS] = [2, 7];
/** Magic number and version. */
const HEAD = 8;

/** Reads numbers and names from bytes, one behind the other. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error("the module ends too early");
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }

  name() {
    return this.take(this.number()).toString();
  }

  /** The bytes that `skip` reads. */
  over(skip) {
    const from = this.at;
    skip();
    return this.bytes.subarray(from, this.at);
  }

  /** What follows the names of an import: its kind and its type. */
  type() {
    const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];
    const limits = () => {
      const hasMost = this.byte() & 1;
      this.number();
      if (hasMost) this.number();
    };
    return this.over(() => {
      const kind = this.byte();
      if (kind === FUNCTION) this.number();
      else if (kind === TABLE) void (this.byte(), limits());
      else if (kind === MEMORY) limits();
      else if (kind === GLOBAL) void (this.byte(), this.byte());
      else if (kind === TAG) void (this.byte(), this.number());
      else throw new Error(`an import of a kind that is not known here: ${kind}`);
    });
  }
}

function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

const name = (text) => Buffer.concat([number(Buffer.byteLength(text)), Buffer.from(text)]);

function sections(module) {
  const reader = new Reader(module, HEAD);
  const found = [];
  while (reader.at < module.length) found.push([reader.byte(), reader.take(reader.number())]);
  return found;
}

/** The module with the section of that number made anew of its entries by `change`. */
function withSection(module, which, read, change) {
  const made = sections(module).map(([id, body]) => {
    if (id !== which) return [id, body];
    const reader = new Reader(body);
    const entries = change(Array.from({ length: reader.number() }, () => read(reader)));
    return [id, Buffer.concat([number(entries.length), ...entries.flat()])];
  });
  return Buffer.concat([module.subarray(0, HEAD), ...made.flatMap(([id, body]) => [Buffer.from([id]), number(body.length), body])]);
}

/** The module with other names for its imports: `rename` is given where each comes from, and its name there. */
export function withImports(module, rename) {
  const read = (reader) => [reader.name(), reader.name(), reader.type()];
  return withSection(module, IMPORTS, read, (entries) =>
    entries.map(([from, what, type]) => [...rename(from, what).map(name), type]));
}

/** The module with other names for its exports; without those that `rename` has no name for. */
export function withExports(module, rename) {
  const read = (reader) => [reader.name(), reader.over(() => void (reader.byte(), reader.number()))];
  return withSection(module, EXPORTS, read, (entries) =>
    entries.flatMap(([what, where]) => {
      const renamed = rename(what);
      return renamed === undefined ? [] : [[name(renamed), where]];
    }));
}
