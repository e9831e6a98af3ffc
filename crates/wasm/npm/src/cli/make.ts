// The commands that have to do with tasks: make and watch.

import { createInterface } from "node:readline/promises";

import { estimate, type Estimate, type Rushes, type Task } from "../index.js";
import type { Call } from "./args.js";
import { Stop, usage, type ExitCode } from "./codes.js";
import { clientOf, follow, lookOnce, resumeOf, sensible } from "./follow.js";
import { given, tellIssues, type Given } from "./input.js";
import { onSignals, type Interrupt } from "./interrupt.js";
import { placeOf } from "./place.js";
import { dollars, type Say } from "./say.js";

/** `rushes make` */
export async function makeCommand(call: Call, say: Say): Promise<ExitCode> {
  const most = call.positive("max-usd");
  call.positive("timeout");
  if (call.has("no-wait") && (call.has("out") || call.has("timeout"))) {
    throw usage("--no-wait ends before there is a video: it goes with neither --out nor --timeout.");
  }
  const rushes = clientOf(call);
  const wanted = await given(call);
  const { result } = wanted;
  if (!result.ok) {
    tellIssues(say, call, result.issues);
    say.json({ event: "error", kind: "invalid", message: "The request breaks rules.", issues: result.issues, exitCode: 2 });
    return 2;
  }
  tellIssues(say, call, result.warnings);
  for (const issue of result.warnings) say.json({ event: "warning", ...issue });
  const place = await placeOf(call);
  const price = estimate(wanted.endpoint, wanted.request as never);
  tellPrice(say, price);
  if (most !== undefined && price.usd > most) {
    throw usage(`The estimate of ${dollars(price.usd)} is above --max-usd. Nothing was sent.`);
  }
  hasKey(call);
  return interruptible(call, say, async (interrupt, speaksOf) => {
    if (!call.has("yes") && say.canAsk) await ask(interrupt);
    const task = await interrupt.shielded(() => send(rushes, wanted, say));
    speaksOf(task);
    if (call.has("no-wait")) say.result(task.id);
    else await follow(task, call, say, interrupt, place);
    return 0;
  });
}

/** `rushes watch` */
export async function watchCommand(call: Call, say: Say): Promise<ExitCode> {
  call.positive("timeout");
  if (call.has("once") && (call.has("out") || call.has("timeout"))) throw usage("--once goes with neither --out nor --timeout.");
  const rushes = clientOf(call);
  const task = sensible(() => rushes.task(call.argument ?? ""));
  const place = await placeOf(call);
  hasKey(call);
  return interruptible(call, say, async (interrupt, speaksOf) => {
    speaksOf(task);
    if (call.has("once")) return (await lookOnce(task, say, interrupt))?.status === "failed" ? 1 : 0;
    await follow(task, call, say, interrupt, place);
    return 0;
  });
}

/** Sends the request, and says the task's id the moment it exists. */
async function send(rushes: Rushes, { endpoint, request }: Given, say: Say): Promise<Task> {
  say.status("sending…", false);
  const creator = endpoint === "text-to-video" ? rushes.textToVideo : rushes.imageToVideo;
  const task = await creator.create(request as never);
  say.json({ event: "created", ...task.toJSON() });
  say.line(`Task ${task.id}`);
  return task;
}

/** Runs what Ctrl-C may end, and says how to go on with the task that it speaks of. */
async function interruptible(
  call: Call,
  say: Say,
  work: (interrupt: Interrupt, speaksOf: (task: Task) => void) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interrupt = onSignals(say);
  let task: Task | undefined;
  try {
    return await work(interrupt, (known) => {
      task = known;
    });
  } catch (error) {
    const isStop = error instanceof Stop && error.kind === "interrupted";
    // Before there is a task it is heeded at the question alone.
    if (task === undefined) throw isStop ? new Stop("interrupted", error.exitCode, "Nothing was sent.") : error;
    const resume = resumeOf(call, task.id);
    if (isStop) {
      say.json({ event: "stopped", id: task.id, resume });
      say.line(`${error.message} The task goes on; to look again: ${resume}`);
      return error.exitCode;
    }
    throw new AboutTask(error, task.id, resume);
  } finally {
    interrupt.end();
  }
}

/** An error that ends the looking at a task, with the way to go on. */
export class AboutTask extends Error {
  constructor(
    override readonly cause: unknown,
    readonly id: string,
    readonly resume: string,
  ) {
    super("about a task", { cause });
  }
}

function tellPrice(say: Say, price: Estimate): void {
  const { seconds, usd, asOf } = price;
  say.json({ event: "estimate", ...price });
  say.line(`${seconds} s of video, about ${dollars(usd)} (an estimate; prices of ${asOf})`);
}

/** Asked for before anybody is asked anything. */
function hasKey(call: Call): void {
  if (call.has("base-url") && !call.has("send-key")) return;
  if ((process.env["NOVITA_API_KEY"] ?? "").trim() !== "") return;
  const next = call.has("base-url") ? "" : ", or name a server of your own with --base-url, which needs none";
  throw new Stop("auth", 3, `There is no key: set the environment variable NOVITA_API_KEY${next}.`);
}

async function ask({ signal, press }: Interrupt): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on("SIGINT", press);
  try {
    const answer = await lines.question("Make it? [y/N] ", { signal });
    if (/^\s*y(es)?\s*$/i.test(answer)) return;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
  throw usage("Nothing was sent.");
}
