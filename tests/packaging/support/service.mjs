// The local service, on a port of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { needed } from "./consumer.mjs";
import { started } from "./program.mjs";

/** Starts the service; `url` is where it listens. */
export async function startService() {
  const data = mkdtempSync(join(tmpdir(), "rushes-service-"));
  const remove = () => rmSync(data, { recursive: true, force: true });
  try {
    const args = ["--addr", "127.0.0.1:0", "--data", data];
    const { url, stop } = await started(data, needed("RUSHES_SERVER_BIN"), args, /listening on (http:\/\/\S+)/);
    return { url, stop: () => stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
