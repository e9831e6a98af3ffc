// Watches a task to its end, and saves what came of it.

import type { Rushes, RushesError, Task, TaskUpdate, Video } from "../index.js";
import { Rushes as Client } from "../index.js";
import type { Call } from "./args.js";
import { usage } from "./codes.js";
import { download } from "./download.js";
import type { Interrupt } from "./interrupt.js";
import { placesFor, type Place } from "./place.js";
import { clock, type Say } from "./say.js";

/** A client as the flags say. The key is the environment's, and goes to the provider unless --send-key says more. */
export function clientOf(call: Call): Rushes {
  const baseURL = call.text("base-url");
  const key = call.has("send-key") ? process.env["NOVITA_API_KEY"] : undefined;
  return sensible(() => new Client({ ...(baseURL === undefined ? {} : { baseURL }), ...(key === undefined ? {} : { apiKey: key }) }));
}

/** The package throws a `TypeError` for what it cannot be called with, such as a base URL with a password in it. */
export function sensible<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof TypeError) throw usage(`${error.message}.`);
    throw error;
  }
}

/** The command that goes on with a task. */
export function resumeOf(call: Call, id: string): string {
  const flags = (["out", "base-url"] as const).map((name) => [name, call.text(name)] as const);
  const kept = flags.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const switches = (["force", "send-key"] as const).filter((name) => call.has(name)).map((name) => `--${name}`);
  return ["npx rushes watch", ...[id, ...kept].map(quoted), ...switches].join(" ");
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  if (word.startsWith("--") || /^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** What is known of a video, for --json. */
const shown = ({ url, expiresAt, type }: Video) => ({ url, expiresAt, type });

/** Waits for a task's videos, saying where it stands, and saves them where `place` says. */
export async function follow(task: Task, call: Call, say: Say, { signal }: Interrupt, place: Place | undefined): Promise<void> {
  const timeout = call.positive("timeout");
  const progress = progressOn(say);
  let videos: Video[];
  try {
    const limit = timeout === undefined ? {} : { timeout: timeout * 1000 };
    ({ videos } = await task.result({ signal, ...limit, onUpdate: progress.tell }));
  } finally {
    progress.end();
  }
  const files = place === undefined ? [] : await saveAll(task, videos, place, say, signal);
  say.json({ event: "result", id: task.id, videos: videos.map(shown), files });
  if (files.length > 0) return files.forEach((file) => say.result(file));
  for (const { url, expiresAt } of videos) {
    say.result(url);
    const until = expiresAt === null ? "about an hour" : `until ${expiresAt.toISOString()}`;
    say.line(`The link works ${until}: save the file, or pass --out.`);
  }
}

async function saveAll(task: Task, videos: Video[], place: Place, say: Say, signal: AbortSignal): Promise<string[]> {
  const files = placesFor(place, task.id, videos.map(({ type }) => type));
  for (const [index, file] of files.entries()) {
    const bytes = await download({ task, index, url: videos[index]?.url ?? "", file, force: place.force, say, signal });
    say.json({ event: "saved", id: task.id, path: file, bytes });
  }
  return files;
}

/** Looks once. */
export async function lookOnce(task: Task, say: Say, { signal }: Interrupt): Promise<TaskUpdate | undefined> {
  for await (const update of task.updates({ signal })) {
    say.json(eventOf(update));
    if (update.problem !== null) throw update.problem;
    say.result(sentence(update));
    if (update.reason !== null) say.line(update.reason);
    for (const { url } of update.videos) say.result(url);
    return update;
  }
  return undefined;
}

function eventOf({ videos, problem, raw: _, ...update }: TaskUpdate) {
  return { event: "update", ...update, videos: videos.map(shown), problem: problem?.toJSON() ?? null };
}

function sentence({ status, providerStatus, progress_percent, eta }: TaskUpdate): string {
  const word = status === "unknown" && providerStatus !== "" ? providerStatus : status;
  const percent = progress_percent === null || status !== "processing" ? "" : `, ${Math.round(progress_percent)} %`;
  const left = eta === null || eta <= 0 || status === "succeeded" ? "" : `, about ${clock(eta * 1000)} to go`;
  return `${word}${percent}${left}`;
}

/** Says where a task stands: every second on a terminal, elsewhere when something has changed. */
function progressOn(say: Say): { tell(update: TaskUpdate): void; end(): void } {
  let last: { text: string; elapsed: number; at: number } | undefined;
  let told = "";
  let trouble: string | undefined;
  const show = (matters: boolean) => {
    if (last !== undefined) say.status(`${clock(last.elapsed + Date.now() - last.at)}  ${last.text}`, matters);
  };
  const timer = setInterval(() => show(false), 1000);
  return {
    tell: (update) => {
      say.json(eventOf(update));
      const { status, progress_percent, problem } = update;
      tellTrouble(say, problem, trouble);
      trouble = problem?.message;
      last = { text: sentence(update), elapsed: update.elapsedMs, at: Date.now() };
      // By tenths, so that a log does not fill with it.
      const step = `${status} ${Math.floor((progress_percent ?? 0) / 10)}`;
      if (!say.isJson) show(step !== told);
      told = step;
    },
    end: () => {
      clearInterval(timer);
      say.done();
    },
  };
}

function tellTrouble(say: Say, problem: RushesError | null, before: string | undefined): void {
  if (problem !== null && problem.message !== before) say.line(problem.message);
}
