// The declarations of the subpaths, as strict consumers see them, and beside the real AI SDK's.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { folder } from "./kit.mjs";

const run = promisify(execFile);
const modules = join(import.meta.dirname, "../node_modules");

const USE = `
import { createRushes, rushes as usual, type RushesModelId, type VideoFacts } from "rushes/ai-sdk";
import { observe, type TaskSnapshot } from "rushes/observe";
import { useTask } from "rushes/react";
import { indexedDBStore, intentStore, type Keeper, type KeptIntents } from "rushes/store";
import { fileStore } from "rushes/store/node";
import { FakeProvider, FakeTime, withoutWaiting, type BilledTask, type Fault, type Step } from "rushes/testing";
import { Rushes, RushesError, type Intent, type Task, type TaskJSON } from "rushes";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T => true as T;

export async function use(task: Task): Promise<void> {
  const fault: Fault = { kind: "rate_limit", retryAfter: 3 };
  const script: Step[] = [{ fault }, { reads: ["queued", { status: "processing", progress_percent: 40, ms: 1000 }, { kind: "html" }, "succeeded"] }];
  const provider = new FakeProvider({ script, seed: 7, chaos: 0.1, now: () => 0, rates: { silent: 1 } });
  const client = new Rushes({ apiKey: "test", fetch: provider.fetch });
  const result = await withoutWaiting((time) => (is<Equal<typeof time, FakeTime>>(), client.textToVideo.create({ prompt: "A fox" }).result()));
  is<Equal<ReturnType<typeof provider.bill>["tasks"], readonly BilledTask[]>>();
  provider.say(result.videos[0]?.url ?? "", "failed");

  const stores: KeptIntents[] = [indexedDBStore(), indexedDBStore({ name: "mine", onProblem: (problem: Error) => void problem }), fileStore(new URL("file:///tmp"))];
  const keeper: Keeper = { put: async (intent) => is<Equal<typeof intent, Intent>>() };
  for (const store of [...stores, intentStore(keeper)]) void new Rushes({ store });
  for (const intent of (await stores[0]?.pending()) ?? []) {
    if (intent.state === "accepted") is<Equal<typeof intent.task, TaskJSON>>();
    if (intent.state === "accepted") void client.task(intent).result();
    // @ts-expect-error: of this there may be no task
    else void client.task(intent);
  }
  // @ts-expect-error: a keeper is no store yet
  void new Rushes({ store: keeper });

  const stop: () => void = observe(task).subscribe((snapshot) => is<Equal<typeof snapshot, TaskSnapshot>>());
  stop();
  const { problem } = observe(task).getSnapshot();
  is<Equal<typeof problem, RushesError | null>>();

  const shown = useTask(task);
  is<Equal<typeof shown, TaskSnapshot>>();
  const maybe = useTask(null as Task | null);
  is<Equal<typeof maybe, TaskSnapshot | null>>();
  const byId = useTask("t-1", client);
  is<Equal<typeof byId, TaskSnapshot>>();

  const sdk = createRushes({ client, onTask: (made) => is<Equal<typeof made, Task>>() });
  const id: RushesModelId = "kling-v3.0-std-i2v";
  is<Equal<ReturnType<typeof sdk.video>, ReturnType<typeof usual.videoModel>>>();
  const { status } = await sdk.video(id).doStatus({ operation: { id: "t-1" } });
  is<Equal<typeof status, "pending" | "completed" | "error">>();
  const facts: VideoFacts = { taskId: "t-1" };
  void facts;
}

export function misuse(client: Rushes, task: Task): void {
  // @ts-expect-error: there is no such fault
  new FakeProvider({ script: [{ fault: { kind: "explosion" } }] });
  // @ts-expect-error: a fault of its own needs a status of HTTP, as a number
  new FakeProvider({ reads: [{ kind: "html", status: "502" }] });
  // @ts-expect-error: an id alone does not say whom to ask
  useTask("t-1");
  // @ts-expect-error: a snapshot is not to be written
  observe(task).getSnapshot().status = "failed";
  // @ts-expect-error: no such model
  createRushes({ client }).video("veo-3");
}
`;

const WITH_AI = (ai) => `
import { createProviderRegistry, experimental_generateVideo } from "${ai}";
import type { Experimental_VideoModelV3 as VideoModelV3 } from "@ai-sdk/provider";
import { createRushes } from "rushes/ai-sdk";

const provider = createRushes({ apiKey: "test" });
export const model: VideoModelV3 = provider.video("kling-v3.0-std");
export const made = () =>
  experimental_generateVideo({ model: provider.video("kling-v3.0-std"), prompt: "A fox", providerOptions: { rushes: { sound: true, multi_prompt: [{ prompt: "a" }] } } });
export const registry = createProviderRegistry({ rushes: provider });
`;

const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: "es2022" };
const dom = { lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable", "esnext.disposable"], types: [] };

/** Compiles a file in a folder where the package is installed, beside packages that the tests use. */
async function compile(t, type, source, compilerOptions, beside = []) {
  const place = mkdtempSync(join(tmpdir(), "rushes-types-"));
  t.after(() => rmSync(place, { recursive: true }));
  cpSync(folder, join(place, "node_modules/rushes"), { recursive: true });
  for (const name of beside) {
    mkdirSync(dirname(join(place, "node_modules", name)), { recursive: true });
    symlinkSync(join(modules, name), join(place, "node_modules", name));
  }
  const files = { "package.json": { name: "consumer", type }, "tsconfig.json": { compilerOptions, files: ["use.ts"] } };
  for (const [name, value] of Object.entries(files)) writeFileSync(join(place, name), JSON.stringify(value));
  writeFileSync(join(place, "use.ts"), source);
  await run(process.execPath, [join(modules, ".bin/tsc"), "--project", place]).catch((error) => {
    throw new Error(error.stdout, { cause: error });
  });
}

const node = { lib: ["es2022"], types: ["node"] };
const SETUPS = [
  ["nodenext, ESM, Node's types alone", "module", { module: "nodenext", ...node }],
  ["nodenext, ESM", "module", { module: "nodenext" }],
  ["nodenext, CommonJS", "commonjs", { module: "nodenext" }],
  ["bundler", "module", { module: "esnext", moduleResolution: "bundler" }],
];
for (const [name, type, options] of SETUPS) {
  test(`the subpaths under strict TypeScript: ${name}`, (t) => compile(t, type, USE, { ...strict, ...dom, ...options, skipLibCheck: false }, ["@types/node", "undici-types"]));
}

for (const ai of ["ai", "ai-6"]) {
  test(`the provider fits the types of ${ai}`, (t) => {
    const options = { ...strict, ...dom, module: "nodenext", skipLibCheck: true };
    // Their packages do not compile without Node's types.
    return compile(t, "module", WITH_AI(ai), { ...options, types: ["node"] }, ["ai", "ai-6", "@ai-sdk/provider", "@types/node", "zod"]);
  });
}
