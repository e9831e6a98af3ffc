// The local service, for tests.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Runs with the service on a free port, in a folder of its own; the work gets its address. */
export async function withServer(work) {
  const binary = process.env.RUSHES_SERVER_BIN;
  if (binary === undefined || !existsSync(binary)) throw new Error("RUSHES_SERVER_BIN names the built rushes-server");
  const data = mkdtempSync(join(tmpdir(), "rushes-server-"));
  const { NOVITA_API_KEY: _, ...env } = process.env;
  const server = spawn(binary, ["--addr", "127.0.0.1:0", "--data", data], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    return await work(await addressOf(server));
  } finally {
    server.kill();
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    const lines = [];
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const address = /listening on (http:\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
    }
    server.once("exit", () => reject(new Error(`the server ended: ${lines.join("\n")}`)));
  });
}
