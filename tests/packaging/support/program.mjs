// Programs that tests run: some end and print, some serve and are stopped.

import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify, stripVTControlCharacters } from "node:util";

const run = promisify(execFile);

/** Nothing calls home, nothing asks, nothing is coloured; no key gets near a test. */
function environment(more) {
  const { NOVITA_API_KEY: _, ...inherited } = process.env;
  return {
    ...inherited,
    NO_COLOR: "1",
    NO_UPDATE_NOTIFIER: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    DENO_NO_UPDATE_CHECK: "1",
    DO_NOT_TRACK: "1",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    ...more,
  };
}

/** Runs a program in a folder and gives what it printed; its errors are part of the failure. */
export async function output(folder, program, args, env = {}) {
  try {
    return (await run(program, args, { cwd: folder, env: environment(env), timeout: 240_000 })).stdout;
  } catch (error) {
    const { message, stdout = "", stderr = "" } = error;
    // The message names the command, and repeats what it said.
    throw new Error(`${message.split("\n", 1)[0]} in ${folder}:\n${stdout}\n${stderr}`);
  }
}

/** The programs that serve now; none outlives the tests. */
const serving = new Set();
process.once("exit", () => serving.forEach((child) => signal(child, "SIGKILL")));
for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => process.exit(1));

/** How long a program may take to end when asked, before it is made to. */
const PATIENCE_MS = 10_000;

/**
 * Starts a program that serves. `says` finds the address in a line it prints: its first group is given as `url`;
 * `null` for one that says nothing, and is not waited for. `stop` ends it, and whatever it started.
 */
export async function started(folder, program, args, says, env = {}) {
  const child = spawn(program, args, {
    cwd: folder,
    env: environment(env),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  serving.add(child);
  const said = [];
  const ended = new Promise((resolve) => child.once("close", resolve)).finally(() => serving.delete(child));
  child.stderr.on("data", (chunk) => said.push(chunk));
  const url = new Promise((resolve, reject) => {
    child.once("error", reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(`${line}\n`);
      const found = says?.exec(stripVTControlCharacters(line)) ?? null;
      if (found !== null) resolve(found[1]);
    });
    if (says === null) resolve(undefined);
    ended.then((code) => reject(new Error(`${program} ended with ${code} before it listened:\n${said.join("")}`)));
  });
  const stop = async () => {
    signal(child, "SIGTERM");
    const late = setTimeout(() => signal(child, "SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(late);
  };
  return { url: await url, stop };
}

/** Signals a program and all that it started. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    // It has ended by itself.
    if (error.code !== "ESRCH") throw error;
  }
}
