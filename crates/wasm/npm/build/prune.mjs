// What panics alone said and looked up (messages, the tables of Rust's number and text formatting) stays among the
// data when its code is gone: no optimiser knows where in them one thing ends. The linker's map does.

import { segments } from "./segments.mjs";
import { hasAddresses, isAdded, streamsOf } from "./streams.mjs";

/** What a byte picks is looked up from as far below its table: an address that something is added to may be of it. */
const BEFORE = 256;

/** The module's bytes with the data zeroed that neither its code nor data in use points to. */
export function prune(bytes, map) {
  const pruned = Buffer.from(bytes);
  const things = [...map.matchAll(/^ *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) .*:\(\.(?:ro)?data\S*\)$/gm)]
    .map(([, start, size]) => ({ start: parseInt(start, 16), end: parseInt(start, 16) + parseInt(size, 16) }));
  const data = segments(pruned);
  const first = Math.min(...data.map(({ address }) => address));
  if (!things.some(({ start, end }) => start <= first && first < end)) throw new Error("the map is not of this module");

  const used = new Set();
  const use = (address, before = 0) => {
    for (const thing of things) {
      if (address >= thing.start - before && address <= thing.end) used.add(thing);
    }
  };
  for (const [address, before] of addresses(pruned)) use(address, before);
  // A set goes on to what is added to it on the way.
  for (const { start, end } of used) {
    for (const { address, start: from, end: to } of data) {
      const last = Math.min(end, address + to - from);
      for (let at = Math.max((start + 3) & ~3, (address + 3) & ~3); at + 4 <= last; at += 4) {
        use(pruned.readUInt32LE(from + at - address));
      }
    }
  }
  for (const thing of things) {
    if (used.has(thing)) continue;
    for (const { address, start, end } of data) {
      const [from, to] = [thing.start, thing.end].map((at) => Math.min(Math.max(at - address + start, start), end));
      pruned.fill(0, from, to);
    }
  }
  return pruned;
}

/** Every number in the code that may be an address, and how far before a thing it may be of it. */
function addresses(module) {
  const { operands, streams } = streamsOf(module);
  const found = [];
  let at = 0;
  for (const [stream, length] of streams) {
    const before = isAdded(stream) ? BEFORE : 0;
    if (hasAddresses(stream)) for (const number of numbers(operands.subarray(at, at + length))) found.push([number, before]);
    at += length;
  }
  return found;
}

function* numbers(bytes) {
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte < 128) {
      yield value;
      [value, shift] = [0, 0];
    }
  }
}
