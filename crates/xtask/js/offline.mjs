// Writes the worker that keeps the page for times without a network: its code, with the list of the page's files in
// front. Another content of any file is another worker, hence a new version of the page.
// Usage: node offline.mjs <worker's code> <folder of the page>
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The name that the page asks for it by; servers must not let it be kept. */
export const WORKER = "sw.js";
/** What a browser installs from, and copies for other encodings. */
const NOT_KEPT = /(^sw\.js|\.png|\.br|\.gz)$/;

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** Writes the worker for what lies in the folder now. */
export function writeWorker(code, folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .filter((name) => !NOT_KEPT.test(name) && !name.startsWith("icons/"))
    .sort()
    .map((name) => [name === "index.html" ? "" : name, hash(readFileSync(join(folder, name)))]);
  if (!files.some(([name]) => name === "")) throw new Error(`${folder} holds no page`);
  const list = JSON.stringify(files);
  const head = `const VERSION = ${JSON.stringify(hash(list + readFileSync(code)))};\nconst FILES = ${list};\n`;
  writeFileSync(join(folder, WORKER), head + readFileSync(code, "utf8"));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) writeWorker(...process.argv.slice(2));
