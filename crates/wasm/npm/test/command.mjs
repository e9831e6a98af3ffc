// Runs the package's command as people do, and a provider that does as it is told.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { folder } from "./kit.mjs";

/** Must never be seen. */
export const CANARY = "sk_canary_0123456789abcdef";

const cli = join(folder, "dist/cli.js");

/** The environment of every run: the canary as the key, nothing that changes what is printed. */
function environment(env) {
  const { NOVITA_API_KEY: _, NO_COLOR: __, FORCE_COLOR: ___, NODE_OPTIONS: ____, ...own } = process.env;
  return { ...own, NOVITA_API_KEY: CANARY, ...env };
}

/**
 * Runs the command to its end: its code, what it printed, and its JSON lines. `told(text, child)` is called whenever
 * something was printed, with all that was so far.
 */
export function rushes(args, { env = {}, input, told = () => {}, cwd, terminal = false } = {}) {
  const [program, ...rest] = terminal ? inTerminal(args) : [process.execPath, cli, ...args];
  const child = spawn(program, rest, { env: environment(env), cwd, stdio: ["pipe", "pipe", "pipe"] });
  if (input !== undefined || !terminal) child.stdin.end(input);
  child.stdin.on("error", () => {});
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => {
      printed[name] += text;
      told(printed.stdout + printed.stderr, child);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const all = printed.stdout + printed.stderr;
      if (all.includes(CANARY)) reject(new Error(`the key was printed: ${all}`));
      else resolve({ code: code ?? signal, ...printed, events: () => printed.stdout.trim().split("\n").map((line) => JSON.parse(line)) });
    });
  });
}

/** `script` of util-linux gives it a terminal. */
function inTerminal(args) {
  const quoted = [process.execPath, cli, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return ["script", "--quiet", "--return", "--command", quoted.join(" "), "/dev/null"];
}

/** The answer to a look. */
export const state = (status, more = {}) => ({
  json: { task: { task_id: "t-1", status: `TASK_STATUS_${status}`, ...more.task }, videos: more.videos ?? [] },
});

/**
 * A provider by script. `create` answers a `POST`, `looks` the looks (the last for ever), `file` what is fetched
 * besides; each is `{ json }`, `{ status, json, headers, body }`, "reset", "hang", or a function of request and
 * response. `seen` says what was asked of it.
 */
export async function withProvider({ create = { json: { task_id: "t-1" } }, looks = [], file }, work) {
  const seen = { posts: [], looks: 0, files: [] };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname } = new URL(request.url, "http://x");
      let step = file;
      if (request.method === "POST") {
        seen.posts.push({ headers: request.headers, path: pathname, body: Buffer.concat(chunks).toString() });
        step = create;
      } else if (pathname.endsWith("/task-result")) step = looks[Math.min(seen.looks++, looks.length - 1)];
      else seen.files.push({ headers: request.headers, url: request.url });
      answer(step, request, response, seen);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    return await work({ url, seen, at: ["--base-url", url] });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function answer(step, request, response, seen) {
  if (typeof step === "function") {
    const more = step(request, response, seen);
    if (more !== undefined) answer(more, request, response, seen);
  } else if (step === "reset") request.socket.resetAndDestroy();
  else if (step !== "hang") {
    const { status = 200, json, headers = {}, body = JSON.stringify(json) } = step;
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  }
}

/** Runs with a folder that is gone afterwards. */
export async function withFolder(work) {
  const path = mkdtempSync(join(tmpdir(), "rushes-cli-"));
  try {
    return await work(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
