// Reads the command line. Values of what is not known are never repeated: one of them may be a key.

import { parseArgs } from "node:util";

import { usage } from "./codes.js";
import { commandOf, COMMANDS, flagOf, FLAGS, isCommand, type CommandName, type FlagName } from "./flags.js";

/** A command line that makes sense. */
export interface Call {
  /** Nothing but help or the version is asked for, where there is none. */
  command: CommandName | undefined;
  /** The argument without a flag. */
  argument: string | undefined;
  /** Whether a flag that takes no value was given. */
  has(name: FlagName): boolean;
  /** The value of a flag. */
  text(name: FlagName): string | undefined;
  /** The values of a flag that may stand several times. */
  texts(name: FlagName): string[];
  /** The value of a flag as a number above 0. */
  positive(name: FlagName): number | undefined;
}

/** Names under which people try to hand over a key. */
const KEY_NAMES = /^(novita[-_]?)?(api[-_]?)?(key|token|secret|auth|authorization|bearer)$/i;

const IN_ARGUMENTS =
  "A key is not taken as an argument: arguments are seen by every user of the machine, and stay in the shell's history. " +
  "Set the environment variable NOVITA_API_KEY instead, and consider this key known to others.";

/** Whether help or JSON is asked for, however wrong the rest may be. */
export function asksFor(argv: readonly string[], flag: "json"): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? argv.length : end).includes(`--${flag}`);
}

/** Reads the arguments. Throws what is wrong with them as a `Stop`. */
export function readArgs(argv: readonly string[]): Call {
  const entries = Object.keys(FLAGS).map((name) => [name, parsed(name as FlagName)] as const);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(entries),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<FlagName, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind === "option") take(given, token);
  }
  const command = commandIn(words, given);
  if (command !== undefined && !given.has("help")) belongs(command, given, words);
  return { command, argument: words[0], ...reading(given) };
}

function parsed(name: FlagName) {
  const { value, short } = flagOf(name);
  return { type: value === undefined ? ("boolean" as const) : ("string" as const), ...(short === undefined ? {} : { short }) };
}

interface Option {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function take(given: Map<FlagName, string[]>, { name, rawName, value, inlineValue }: Option): void {
  if (KEY_NAMES.test(name)) throw usage(IN_ARGUMENTS);
  if (!Object.hasOwn(FLAGS, name)) throw usage(`There is no flag ${rawName}.${didYouMean(name)}`);
  const flag = name as FlagName;
  const { value: wanted, many } = flagOf(flag);
  if (wanted === undefined && value !== undefined) throw usage(`${rawName} takes no value.`);
  const isNext = inlineValue !== true && value?.startsWith("--") === true;
  if (wanted !== undefined && (value === undefined || isNext)) throw usage(`${rawName} needs a value: ${rawName} ${wanted}`);
  const before = given.get(flag);
  if (before !== undefined && many !== true && wanted !== undefined) throw usage(`${rawName} is given twice.`);
  given.set(flag, [...(before ?? []), ...(value === undefined ? [] : [value])]);
}

/** Takes the command off the words. */
function commandIn(words: string[], given: Map<FlagName, string[]>): CommandName | undefined {
  let name = words.shift();
  if (name === "help") {
    given.set("help", []);
    name = words.shift();
  }
  if (name === undefined || isCommand(name)) return name;
  const near = nearest(name, Object.keys(COMMANDS));
  const hint = near === undefined ? `Commands: ${Object.keys(COMMANDS).join(", ")}.` : `Did you mean ${near}?`;
  throw usage(`There is no such command. ${hint}`);
}

function belongs(command: CommandName, given: Map<FlagName, string[]>, words: readonly string[]): void {
  const { flags, argument, usage: form } = commandOf(command);
  for (const name of given.keys()) {
    if (!flags.includes(name) && name !== "version") throw usage(`\`rushes ${command}\` takes no --${name}.`);
  }
  if (argument?.required === true && words.length === 0) throw usage(`${argument.name} is missing: rushes ${form}`);
  const most = argument === undefined ? 0 : 1;
  if (words.length > most) {
    throw usage(`There are more words than expected: text of several words needs quotes. rushes ${form}`);
  }
}

function reading(given: Map<FlagName, string[]>): Omit<Call, "command" | "argument"> {
  const texts = (name: FlagName) => given.get(name) ?? [];
  const text = (name: FlagName) => texts(name)[0];
  return {
    has: (name) => given.has(name),
    texts,
    text,
    positive: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() === "" || !(number > 0) || number === Infinity) throw usage(`--${name} takes a number above 0.`);
      return number;
    },
  };
}

/** Names of other programs for our flags. */
const OTHERS: Record<string, FlagName> = {
  "negative-prompt": "negative",
  "aspect-ratio": "ratio",
  "guidance-scale": "cfg-scale",
  cfg: "cfg-scale",
  audio: "sound",
  output: "out",
  seconds: "duration",
  length: "duration",
  "last-image": "end-image",
  "multi-prompt": "shot",
  input: "request",
  wait: "timeout",
  url: "base-url",
};

function didYouMean(name: string): string {
  const plain = name.replaceAll("_", "-").toLowerCase();
  const near = (Object.hasOwn(OTHERS, plain) ? OTHERS[plain] : undefined) ?? nearest(plain, Object.keys(FLAGS));
  return near === undefined ? " See --help." : ` Did you mean --${near}?`;
}

/** The candidate nearest to a name, within a third of its length. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: { candidate: string; far: number } | undefined;
  for (const candidate of candidates) {
    const far = distance(name, candidate);
    if (far <= Math.max(1, Math.floor(candidate.length / 3)) && (best === undefined || far < best.far)) best = { candidate, far };
  }
  return best?.candidate;
}

/** Letters to insert, take out or change to get from one to the other. */
function distance(from: string, to: string): number {
  if (from.length > 32) return Infinity;
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(change, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? Infinity;
}
