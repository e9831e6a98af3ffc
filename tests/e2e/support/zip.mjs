// Zip files, by an independent tool: Python's own reader, which checks every sum.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const READ = `
import base64, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as file:
    assert file.testzip() is None
    print(json.dumps([[entry.filename, base64.b64encode(file.read(entry)).decode(), entry.compress_type] for entry in file.infolist()]))
`;

const WRITE = `
import base64, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED if sys.argv[2] == "deflate" else zipfile.ZIP_STORED) as file:
    for name, text in json.load(sys.stdin):
        file.writestr(name, base64.b64decode(text))
`;

/** Every entry of a zip file, in order: its name and its bytes. */
export async function unzip(path) {
  const { stdout } = await run("python3", ["-c", READ, path], { maxBuffer: 1 << 30 });
  return JSON.parse(stdout).map(([name, text, method]) => ({ name, bytes: Buffer.from(text, "base64"), method }));
}

/** Writes a zip file of those entries. */
export async function zip(path, entries, how = "store") {
  const child = run("python3", ["-c", WRITE, path, how]);
  child.child.stdin.end(JSON.stringify(entries.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")])));
  await child;
  return path;
}
