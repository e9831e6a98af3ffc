// The local service, on a port of its own.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { needed } from "./consumer.mjs";

/** Starts the service; `url` is where it listens. */
export async function startService() {
  const data = mkdtempSync(join(tmpdir(), "rushes-service-"));
  const environment = { ...process.env };
  delete environment.NOVITA_API_KEY;
  const child = spawn(needed("RUSHES_SERVER_BIN"), ["--addr", "127.0.0.1:0", "--data", data], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const early = ended.then((code) => Promise.reject(new Error(`the service ended with ${code} before it listened`)));
  early.catch(() => {});
  const url = await Promise.race([address(child.stdout), early]);
  return { url, stop };
}

async function address(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const found = /listening on (http:\/\/\S+)/.exec(line);
    if (found !== null) {
      stdout.resume();
      return found[1];
    }
  }
  throw new Error("the service never said where it listens");
}
