// Writes `.br` (quality 11) and `.gz` (level 9) beside every file of a folder that compression makes smaller.
// Usage: node compress.mjs <folder>; prints how many files and bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXT_LIKE = new Set([".html", ".js", ".mjs", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt", ".map", ".ico", ".xml"]);
const [inBrotli, inGzip] = [brotliCompress, gzip].map(promisify);

const [folder] = process.argv.slice(2);

/** Compresses one file, on another processor where there is one; its bytes before and after. */
async function compress(path) {
  const content = readFileSync(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const encoded = await Promise.all([inBrotli(content, { params: quality }), inGzip(content, { level: 9 })]);
  for (const [at, suffix] of [".br", ".gz"].entries()) {
    // An old one, or one larger than the file, must not be served in its place.
    if (encoded[at].length < content.length) writeFileSync(path + suffix, encoded[at]);
    else rmSync(path + suffix, { force: true });
  }
  return { raw: content.length, brotli: Math.min(encoded[0].length, content.length) };
}

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && TEXT_LIKE.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const done = await Promise.all(paths.map(compress));
const sum = (key) => done.reduce((all, one) => all + one[key], 0);
console.log(JSON.stringify({ files: done.length, raw: sum("raw"), brotli: sum("brotli") }));
