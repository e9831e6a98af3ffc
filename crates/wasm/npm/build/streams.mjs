// A module as several streams that each compress better than all of it in a row: the opcodes, the operands by the
// opcode they belong to, and everything that is no code. Brotli then needs about a tenth less. weaver.wat puts the
// module together again.

/** How many numbers follow an opcode, for ranges of opcodes: all that rustc and wasm-opt make of our code. */
const COUNTS = [
  // unreachable, nop; block, loop, if; else; end; br, br_if; return.
  ...[[0x00, 0x01, 0], [0x02, 0x04, 1], [0x05, 0x05, 0], [0x0b, 0x0b, 0], [0x0c, 0x0d, 1], [0x0f, 0x0f, 0]],
  // call; call_indirect; drop, select; locals and globals; loads and stores; the memory's size; constants; arithmetic.
  ...[[0x10, 0x10, 1], [0x11, 0x11, 2], [0x1a, 0x1b, 0], [0x20, 0x24, 1], [0x28, 0x3e, 2], [0x3f, 0x40, 1]],
  ...[[0x41, 0x42, 1], [0x45, 0xc4, 0]],
  // Of floating-point constants each byte counts.
  ...[[0x43, 0x43, 4], [0x44, 0x44, 8]],
];
const countOf = (opcode) => COUNTS.find(([first, last]) => opcode >= first && opcode <= last)?.[2];
const [END, BR_TABLE, PREFIX] = [0x0b, 0x0e, 0xfc];
/** Behind the prefix, those that are followed by something: by the numbers of memories. */
const [MEMORY_COPY, MEMORY_FILL] = [10, 11];
/** Stands for a count that the first of the numbers says. */
const SAID = 3;
const CODE_SECTION = 10;
/** Numbers of two more streams: of what comes second, and of the locals. */
const SECOND = 256;
const LOCALS = 257;
/** Constants are sorted by what is done with them: the opcode that comes next, four and four. */
const I32_CONST = 0x41;
const CONSTANTS = 258;

const I32_ADD = 0x6a;

/** Whether a stream has numbers that may be addresses. */
export const hasAddresses = (stream) => stream === SECOND || stream >= CONSTANTS;
/** Whether something is added to them: the number on the stack, by an access or by the instruction that comes next. */
export const isAdded = (stream) => stream === SECOND || stream === CONSTANTS + (I32_ADD >> 2);

/**
 * The streams: `rest`, with the code to be put in at `at`; `opcodes`; `operands`, all streams of them one after the
 * other, each with its number and its length in `streams`; for every opcode in `counts`, how many numbers follow it.
 */
export function streamsOf(module) {
  let at = 8;
  const byte = () => module[at++];
  const number = () => {
    const start = at;
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const next = byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) return { value, bytes: module.subarray(start, at) };
    }
  };
  let end;
  for (;;) {
    if (at >= module.length) throw new Error("the module has no code");
    const section = byte();
    const { value: size } = number();
    end = at + size;
    if (section === CODE_SECTION) break;
    at = end;
  }
  number(); // How many functions there are: as many as the streams give.
  const start = at;
  const opcodes = [];
  const streams = new Map();
  const put = (stream, bytes) => {
    if (!streams.has(stream)) streams.set(stream, []);
    streams.get(stream).push(...bytes);
  };
  const copy = (stream) => {
    const { value, bytes } = number();
    put(stream === I32_CONST ? CONSTANTS + (module[at] >> 2) : stream, bytes);
    return value;
  };
  while (at < end) {
    number(); // How long it is follows from its end.
    for (let left = copy(LOCALS) * 2; left > 0; left--) copy(LOCALS);
    for (let depth = 1; depth > 0; ) {
      const opcode = byte();
      opcodes.push(opcode);
      if (opcode >= 0x02 && opcode <= 0x04) depth++;
      else if (opcode === END) depth--;
      const count = countOf(opcode);
      if (count > 2) {
        put(opcode, module.subarray(at, (at += count)));
      } else if (count !== undefined) {
        if (count > 0) copy(opcode);
        if (count > 1) copy(SECOND);
      } else if (opcode === BR_TABLE) {
        for (let left = copy(opcode); left >= 0; left--) copy(opcode);
      } else if (opcode === PREFIX) {
        const more = copy(opcode);
        if (more > 7 && more !== MEMORY_COPY && more !== MEMORY_FILL) throw new Error(`unknown instruction 0xfc ${more}`);
        if (more > 7) for (let left = 12 - more; left > 0; left--) copy(opcode);
      } else {
        throw new Error(`unknown instruction 0x${opcode.toString(16)}`);
      }
    }
  }
  const found = [...streams].sort(([a], [b]) => a - b);
  return {
    rest: Buffer.concat([module.subarray(0, start), module.subarray(end)]),
    at: start,
    opcodes: Uint8Array.from(opcodes),
    operands: Uint8Array.from(found.flatMap(([, bytes]) => bytes)),
    streams: found.map(([stream, bytes]) => [stream, bytes.length]),
    counts: Array.from({ length: LOCALS + 1 }, (_, opcode) => countOf(opcode) ?? SAID).join(""),
  };
}
