// Writes `.br` (quality 11) and `.gz` (level 9) beside every file of a folder that compression makes smaller.
// Usage: node compress.mjs <folder>; prints how many files and bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT_LIKE = new Set([".html", ".js", ".mjs", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt", ".map", ".ico", ".xml"]);

const [folder] = process.argv.slice(2);
let files = 0;
let raw = 0;
let brotli = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || !TEXT_LIKE.has(extname(path))) continue;
  const content = readFileSync(path);
  const encoded = {
    ".br": brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
    ".gz": gzipSync(content, { level: 9 }),
  };
  for (const [suffix, bytes] of Object.entries(encoded)) {
    // An old one, or one larger than the file, must not be served in its place.
    if (bytes.length < content.length) writeFileSync(path + suffix, bytes);
    else rmSync(path + suffix, { force: true });
  }
  files += 1;
  raw += content.length;
  brotli += Math.min(encoded[".br"].length, content.length);
}
console.log(JSON.stringify({ files, raw, brotli }));
