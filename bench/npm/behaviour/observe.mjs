// One client in one scenario: what the server saw, and what the caller got.

import { join } from "node:path";

import { finished } from "../kit/program.mjs";
import { CLIENTS } from "./clients.mjs";
import { faulty } from "./server.mjs";

/** How long a client may take before it counts as still waiting, in milliseconds. */
const LIMIT_MS = 45_000;

/** `entry`: the file of our package, for our own client. */
export async function observe(client, scenario, entry = "") {
  const server = await faulty(CLIENTS[client].dialect, scenario);
  try {
    const args = [join(import.meta.dirname, "drive.mjs"), client, scenario, server.url, entry];
    const { code, stdout, stderr } = await finished(process.execPath, args, { limit: LIMIT_MS });
    const last = stdout.trim().split("\n").at(-1);
    const told = code === 0 ? JSON.parse(last) : { crashed: code === null ? "still waiting" : `process exits ${code}` };
    return { ...told, stderr, seen: server.seen };
  } finally {
    await server.stop();
  }
}
