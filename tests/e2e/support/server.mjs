// Starts the real `rushes-server` with the real page, on a free port and a data folder of its own.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A variable that `cargo xtask test e2e` sets. */
export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask test e2e\``);
  return value;
}

/**
 * A running server.
 *
 * `data` is its data folder; `onLog` is told what it prints; `page` is the folder it serves. `crash()` kills it without mercy; `relaunch()` starts it again on the same port and data folder.
 */
export async function startServer(flags = [], address = "127.0.0.1:0", { onLog, page = required("RUSHES_PAGE_DIR") } = {}) {
  const data = await mkdtemp(join(tmpdir(), "rushes-e2e-"));
  let child;
  let origin;

  async function launch(address) {
    child = spawn(
      required("RUSHES_SERVER_BIN"),
      ["--addr", address, "--page", page, "--data", data, ...flags],
      { stdio: ["ignore", "pipe", onLog ? "pipe" : "inherit"], env: { ...process.env, NOVITA_API_KEY: "" } },
    );
    child.stderr?.on("data", (words) => onLog(String(words)));
    if (onLog) child.stdout.on("data", (words) => onLog(String(words)));
    origin = await addressOf(child);
  }

  async function kill(signal) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  await launch(address);
  return {
    data,
    get origin() {
      return origin;
    },
    crash: () => kill("SIGKILL"),
    relaunch: () => launch(new URL(origin).host),
    async stop() {
      await kill("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** A name that the browser of these tests takes for another computer's, and that leads here. */
export const ELSEWHERE = "studio.test";

/** A server whose page the browser takes for another computer's. */
export async function startServerElsewhere() {
  const port = await freePort();
  const origin = `http://${ELSEWHERE}:${port}`;
  const server = await startServer(["--public-url", origin], `127.0.0.1:${port}`);
  return { origin, stop: server.stop };
}

/** A port nobody listens on just now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The address the server prints once it listens. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      const match = /https?:\/\/[\w.:[\]-]+/.exec(line);
      if (match) resolve(match[0]);
    });
    child.once("exit", (code) => reject(new Error(`the server stopped before it listened (exit ${code})`)));
    child.once("error", reject);
  });
}
