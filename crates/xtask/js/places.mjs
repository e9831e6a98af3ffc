// A panic in the page ends in a trap, and nothing ever shows where in its sources it began: the paths of Rust sources
// among the data, and the places in them, are of no use. They name the building machine, and they cost their weight.

import { segments } from "../../wasm/npm/build/segments.mjs";

/** What the compiler knows a Rust source by, from the first byte of its path to the last. */
const SOURCE_PATH = /^(?:\/rustc\/|\/rust\/deps\/|\/[\w./@+-]*\/registry\/src\/|crates\/|web\/)[\w./@+-]*\.rs$/;
const LONGEST_PATH = 512;
/** Bytes of a place: where its path lies, the path's length, line and column. */
const PLACE_BYTES = 16;

/**
 * A program's modules, by name, with the places in Rust sources, and their paths, zeroed where they lie: nothing moves.
 * The modules share one memory: what one has is pointed to from another.
 */
export function withoutPlaces(modules) {
  const quieted = new Map([...modules].map(([name, module]) => [name, Buffer.from(module)]));
  const data = [...quieted.values()].flatMap((bytes) => segments(bytes).map((segment) => ({ bytes, ...segment })));
  const useless = [];
  const pathAt = (address, length) => {
    const home = data.find((one) => address >= one.address && address + length <= one.address + one.end - one.start);
    if (!home) return undefined;
    const from = home.start + address - home.address;
    const path = home.bytes.subarray(from, from + length);
    return SOURCE_PATH.test(path.latin1Slice()) ? path : undefined;
  };
  for (const { bytes, address, start, end } of data) {
    for (let at = start + (-address & 3); at + PLACE_BYTES <= end; at += 4) {
      const [path, length, line, column] = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(at + offset));
      if (length === 0 || length > LONGEST_PATH || line === 0 || column === 0) continue;
      const found = pathAt(path, length);
      if (found) useless.push(found, bytes.subarray(at, at + PLACE_BYTES));
    }
  }
  for (const bytes of useless) bytes.fill(0);
  for (const [name, bytes] of quieted) {
    const [left] = /\/(?:registry\/src|rustc\/[0-9a-f]{40})\/[ -~]*/.exec(bytes.latin1Slice()) ?? [];
    if (left) throw new Error(`${name} still names a source of Rust, and nothing known points to it: ${left}`);
  }
  return quieted;
}
