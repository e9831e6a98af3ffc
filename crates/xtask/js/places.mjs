// A panic in the page ends in a trap, and nothing ever shows where in its sources it began: the paths of Rust sources
// among the data, and the places in them, are of no use. They name the building machine, and they cost their weight.

import { segments } from "../../wasm/npm/build/segments.mjs";

/** What the compiler knows a Rust source by, from the first byte of its path to the last. */
const SOURCE_PATH = /^(?:\/rustc\/|\/rust\/deps\/|\/[\w./@+-]*\/registry\/src\/|crates\/|web\/)[\w./@+-]*\.rs$/;
/** Such a path by itself: between the zeros that end it and what is before it. */
const LONE_PATH = /(?<=\0)(?:\/rustc\/[0-9a-f]{40}|\/[\w./@+-]*\/registry\/src)\/[\w./@+-]*\.rs(?=\0)/g;
const LEFT_PATH = /\/(?:registry\/src|rustc\/[0-9a-f]{40})\/[ -~]*/;
const LONGEST_PATH = 512;
/** Bytes of a place: where its path lies, the path's length, line and column. */
const PLACE_BYTES = 16;

/**
 * A program's modules, by name, with the places in Rust sources, and their paths, zeroed where they lie: nothing moves.
 * The modules share one memory: what one has is pointed to from another.
 */
export function withoutPlaces(modules) {
  const quieted = new Map([...modules].map(([name, module]) => [name, Buffer.from(module)]));
  const data = [...quieted.values()].flatMap((bytes) =>
    segments(bytes).map(({ address, start, end }) => ({ address, bytes: bytes.subarray(start, end) })),
  );
  const memory = asLoaded(data);
  for (const [from, to] of [...pointedTo(memory, data), ...alone(memory)]) {
    for (const { address, bytes } of data) {
      bytes.fill(0, Math.max(from - address, 0), Math.max(Math.min(to - address, bytes.length), 0));
    }
  }
  for (const [name, bytes] of quieted) {
    const [left] = LEFT_PATH.exec(bytes.latin1Slice()) ?? [];
    if (left) throw new Error(`${name} still names a source of Rust, and nothing known points to it: ${left}`);
  }
  return quieted;
}

/**
 * The memory with all data in it. A place may be the last of its segment, whose closing zeros the optimiser leaves out,
 * as memory is zero before anything is put there: only here is every place whole.
 */
function asLoaded(data) {
  const end = Math.max(0, ...data.map(({ address, bytes }) => address + bytes.length));
  const memory = Buffer.alloc(end + PLACE_BYTES);
  for (const { address, bytes } of data) bytes.copy(memory, address);
  return memory;
}

/** The stretches of memory, from and to, that hold a place or the path it points to. */
function* pointedTo(memory, data) {
  for (const { address, bytes } of data) {
    for (let at = address + (-address & 3); at < address + bytes.length; at += 4) {
      const [path, length, line, column] = [0, 4, 8, 12].map((offset) => memory.readUInt32LE(at + offset));
      if (length === 0 || length > LONGEST_PATH || line === 0 || column === 0 || path + length > memory.length) continue;
      if (!SOURCE_PATH.test(memory.latin1Slice(path, path + length))) continue;
      yield [path, path + length];
      yield [at, at + PLACE_BYTES];
    }
  }
}

/** The stretches that hold a path whose place went with the code that could have panicked there. */
function* alone(memory) {
  for (const { 0: path, index } of memory.latin1Slice().matchAll(LONE_PATH)) yield [index, index + path.length];
}
