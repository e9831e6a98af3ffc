// Everywhere but on edge workers: the module lies in the script as printable text and is compiled on first use. Nothing
// is asked of a bundler, a file server or the caller.

import { at, counts, letters, opcodes, operands, rest, streams, weaver, type Printed } from "#printed";

/** The compiled module. */
export function load(): WebAssembly.Module {
  return new WebAssembly.Module(bytes());
}

/** The memory of the weaver (build/weaver.wat): what it reads where, and room for a text. */
const COUNTS = 1536;
const TABLE = 2048;
const TEXT = 4096;
/** Where its room for bytes begins. */
const BYTES = 1 << 18;

interface Weaver {
  memory: WebAssembly.Memory;
  read(text: number, end: number, to: number): number;
  weave(opcodes: number, end: number, to: number): number;
}

/** @internal The module's bytes. */
export function bytes(): Uint8Array<ArrayBuffer> {
  const small = Uint8Array.from(atob(weaver), (letter) => letter.charCodeAt(0));
  const { memory, read, weave } = new WebAssembly.Instance(new WebAssembly.Module(small)).exports as unknown as Weaver;
  const room = new Uint8Array(memory.buffer as ArrayBuffer);
  const write = (text: string, place: number) => new TextEncoder().encodeInto(text, room.subarray(place)).written + place;
  const bytesOf = ({ text, order }: Printed, to: number): number => {
    room.set(tableOf(order), TABLE);
    return read(TEXT, write(text, TEXT), to);
  };

  write(counts, COUNTS);
  let place = BYTES;
  const addresses = new Uint32Array(memory.buffer);
  for (const [stream, length] of streams) {
    addresses[stream] = place;
    place += length;
  }
  const first = bytesOf(operands, BYTES);
  const last = bytesOf(opcodes, first);
  // All but the functions, in whose place they go.
  const end = bytesOf(rest, last);
  const tail = room.slice(last + at, end);
  const woven = weave(first, last, last + at);
  room.set(tail, woven);
  return room.subarray(last, woven + tail.length);
}

/** The bytes by the code of their letter, and which of the two stands before it (`~`: 128, `}`: 256), if one does. */
function tableOf(order: string): Uint8Array {
  // First the bytes with a letter alone, then all others in their order.
  const alone = Array.from(letters, (_, at) => parseInt(order.slice(at * 2, at * 2 + 2), 16));
  const byPlace = [...new Set([...alone, ...Array(256).keys()])];
  const bytes = new Uint8Array(384);
  for (let at = 0; at < letters.length; at++) {
    for (let shift = 0; shift < 3; shift++) {
      bytes[(shift << 7) | letters.charCodeAt(at)] = byPlace[at + shift * letters.length] ?? 0;
    }
  }
  return bytes;
}
