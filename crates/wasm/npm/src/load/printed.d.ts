// The WebAssembly module as printable text, in streams (see build/streams.mjs); build.mjs writes it.

export interface Printed {
  /** Each byte as one letter, or as `~` or `}` and a letter. */
  text: string;
  /** In hexadecimal the bytes that the letters stand for alone; `~` and `}` with letters stand for all others in order. */
  order: string;
}

/** The letters. */
export const letters: string;
/** All of the module but its functions. */
export const rest: Printed;
/** Where in it they belong. */
export const at: number;
/** The functions' opcodes. */
export const opcodes: Printed;
/** Their operands, sorted into streams. */
export const operands: Printed;
/** The streams in their order: the opcode that each is for, and its length. */
export const streams: readonly (readonly [opcode: number, length: number])[];
/** For each opcode a digit: how many numbers follow it. */
export const counts: string;
/** In base64 the module that puts all this together (build/weaver.wat). */
export const weaver: string;
