// Programs that a bench runs to their end.

import { spawn } from "node:child_process";

/** No key gets near a bench. */
function environment(more) {
  const { NOVITA_API_KEY: _, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: "1", NO_UPDATE_NOTIFIER: "1", AI_SDK_LOG_WARNINGS: "false", ...more };
}

/**
 * Runs a program to its end, or for so many milliseconds. Gives its exit code (`null` where it had to be stopped), and
 * what it said.
 */
export function finished(program, args, { folder, limit = 600_000, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (text) => {
        said[name] += text;
      });
    }
    let stopped = false;
    const late = setTimeout(() => {
      stopped = true;
      child.kill("SIGKILL");
    }, limit);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({ code: stopped ? null : code, ...said });
    });
  });
}

/** Runs a program that must succeed; gives what it printed. */
export async function run(program, args, folder) {
  const { code, stdout, stderr } = await finished(program, args, { folder });
  if (code === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
}

/** Runs a script in a Node of its own; gives the JSON of the last line it printed. */
export async function measured(script, args = [], flags = []) {
  const stdout = await run(process.execPath, [...flags, script, ...args.map(String)]);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
