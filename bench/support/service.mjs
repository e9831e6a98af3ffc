// The release server, started and stopped.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** `rushes-server` on a free port, its data in that folder, with further flags. */
export async function startService(data, flags = []) {
  const child = spawn(
    process.env.RUSHES_SERVER_BIN,
    ["--addr", "127.0.0.1:0", "--data", data, "--log", "error", ...flags],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const origin = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = /https?:\/\/[\w.:[\]-]+/.exec(line);
      if (match) resolve(match[0]);
    });
    child.once("error", reject);
    gone.then((code) => reject(new Error(`the server stopped before it listened (exit ${code})`)));
  });
  return {
    origin,
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}
