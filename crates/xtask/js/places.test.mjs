import assert from "node:assert/strict";
import { test } from "node:test";

import { segments } from "../../wasm/npm/build/segments.mjs";
import { withoutPlaces } from "./places.mjs";

const PATH = "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs";

/** A number as WebAssembly writes it. */
function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

/** A signed number, which has to leave the sign's bit free. */
const signed = (value) => (value & 64 && value < 128 ? [value | 128, 0] : leb(value));

/** A module of nothing but data: pairs of an address and what lies there. */
function moduleOf(...data) {
  const section = [...leb(data.length), ...data.flatMap(([address, bytes]) => [0, 0x41, ...signed(address), 0x0b, ...leb(bytes.length), ...bytes])];
  return Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 11, ...leb(section.length), ...section]);
}

/** A place: where its path lies, the path's length, line and column. */
function place(path, line, column) {
  const bytes = Buffer.alloc(16);
  [path, PATH.length, line, column].forEach((number, at) => bytes.writeUInt32LE(number, at * 4));
  return bytes;
}

const dataOf = (module) => segments(module).map(({ start, end }) => module.subarray(start, end));
const isZero = (bytes) => bytes.every((byte) => byte === 0);
const path = Buffer.from(PATH);

const CASES = {
  "a place beside its path": { first: [[1024, path], [2048, place(1024, 7, 5)]] },
  "a place that ends its segment, its closing zeros left out": { first: [[1024, path], [2048, place(1024, 7, 5).subarray(0, 13)]] },
  "a place whose column fills two bytes, cut behind them": { first: [[1024, path], [2048, place(1024, 7, 300).subarray(0, 14)]] },
  "a place in another module than its path": { first: [[1024, path]], part: [[4096, place(1024, 7, 5)]] },
  "a path whose place went with its code": { first: [[1024, Buffer.concat([Buffer.alloc(1), path, Buffer.alloc(1)])]] },
  "two places of one path": { first: [[1024, path], [2048, place(1024, 7, 5)]], part: [[4096, place(1024, 9, 1)]] },
};

for (const [name, { first, part = [] }] of Object.entries(CASES)) {
  test(name, () => {
    const quieted = withoutPlaces(new Map([["first.wasm", moduleOf(...first)], ["part.wasm", moduleOf(...part)]]));
    assert.deepEqual([...quieted.keys()], ["first.wasm", "part.wasm"]);
    for (const [module, before] of [["first.wasm", first], ["part.wasm", part]]) {
      const after = dataOf(quieted.get(module));
      assert.deepEqual(after.map(({ length }) => length), before.map(([, bytes]) => bytes.length), "nothing moves");
      assert.ok(after.every(isZero), "nothing is left");
    }
  });
}

test("what stands around a place stays", () => {
  const words = Buffer.from("words of the page, as many as a place has.");
  const [, kept, around] = dataOf(
    withoutPlaces(new Map([["first.wasm", moduleOf([1024, path], [2000, words], [2048, Buffer.concat([Buffer.from("four"), place(1024, 7, 5), words])])]])).get("first.wasm"),
  );
  assert.deepEqual(kept, words);
  assert.deepEqual(around, Buffer.concat([Buffer.from("four"), Buffer.alloc(16), words]));
});

test("what only looks like a place stays", () => {
  const almost = [place(1024, 0, 5), place(1024, 7, 0), place(1025, 7, 5), place(0x7fffffff, 7, 5), place(900, 7, 5)];
  const others = Buffer.concat(almost);
  const [, left, found] = dataOf(
    withoutPlaces(new Map([["first.wasm", moduleOf([1024, path], [2048, others], [3072, place(1024, 7, 5)])]])).get("first.wasm"),
  );
  assert.deepEqual(left, others);
  assert.ok(isZero(found));
});

test("a path in the midst of other text fails the build, and is told", () => {
  const text = Buffer.from(`at ${PATH} and on`);
  assert.throws(() => withoutPlaces(new Map([["part.wasm", moduleOf([1024, text])]])), /part\.wasm still names a source of Rust.*vec\/mod\.rs/);
});
