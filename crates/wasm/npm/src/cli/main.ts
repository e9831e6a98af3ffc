#!/usr/bin/env node
// The command `rushes`.

import { readFileSync } from "node:fs";

import { RushesError } from "../index.js";
import { asksFor, readArgs } from "./args.js";
import { exitCodeOf, Stop, type ExitCode } from "./codes.js";
import type { CommandName } from "./flags.js";
import { general, ofCommand } from "./help.js";
import { checkCommand, estimateCommand, inspectCommand } from "./look.js";
import { AboutTask, makeCommand, watchCommand } from "./make.js";
import { onProcess, type Say } from "./say.js";

const RUN: Record<CommandName, (call: ReturnType<typeof readArgs>, say: Say) => Promise<ExitCode>> = {
  make: makeCommand,
  watch: watchCommand,
  check: checkCommand,
  inspect: inspectCommand,
  estimate: estimateCommand,
};

async function main(argv: readonly string[]): Promise<ExitCode> {
  const say = onProcess(asksFor(argv, "json"));
  try {
    const call = readArgs(argv);
    const { command } = call;
    if (call.has("version")) return print(version());
    if (call.has("help")) return print(command === undefined ? general() : ofCommand(command));
    if (command !== undefined) return await RUN[command](call, say);
    process.stderr.write(`${general()}\n`);
    return 2;
  } catch (error) {
    return tell(say, error);
  }
}

function print(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return 0;
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Says what went wrong, and what to do. */
function tell(say: Say, given: unknown): ExitCode {
  const about = given instanceof AboutTask ? given : undefined;
  const error = about === undefined ? given : about.cause;
  const exitCode = exitCodeOf(error);
  const more = about === undefined ? {} : { id: about.id, resume: about.resume };
  say.done();
  if (RushesError.is(error)) {
    const { task: _, name: __, ...parts } = error.toJSON();
    say.json({ event: "error", ...parts, ...more, exitCode });
    say.issues(error.issues);
    if (error.issues.length === 0) say.line(sentenceOf(error));
    if (error.requestId !== undefined) say.line(`The provider calls this request ${error.requestId}.`);
  } else {
    const kind = error instanceof Stop ? error.kind : "internal";
    const message = error instanceof Error ? error.message : String(error);
    say.json({ event: "error", kind, message, ...more, exitCode });
    say.line(kind === "internal" ? `rushes made a mistake: ${message}` : message);
  }
  const goesOn = exitCode !== 1 && exitCode !== 70;
  if (about !== undefined && goesOn) say.line(`To look again: ${about.resume}`);
  return exitCode;
}

function sentenceOf({ message, reason, detail, status, retryAfter }: RushesError): string {
  const said = [reason, detail === reason ? undefined : detail].filter((part) => part !== undefined && part !== "");
  const wait = retryAfter === undefined ? "" : ` Wait ${Math.ceil(retryAfter / 1000)} s.`;
  const where = status === undefined ? "" : ` [HTTP ${status}]`;
  return `${message}${wait}${said.length === 0 ? "" : ` (${said.join(": ")})`}${where}`;
}

process.exitCode = await main(process.argv.slice(2));
