// What is downloaded and installed of each package.

import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { bundle, installed } from "./kit/ours.mjs";
import { here, versions } from "./kit/settings.mjs";
import { against } from "./kit/stats.mjs";

const BOTH = "@fal-ai/client + a zod schema";

/** What an app writes to have each, and which packages it installs for that. */
const APPS = {
  rushes: { text: 'export { Rushes, RushesError, check, estimate, inspectImage } from "rushes";', packages: ["rushes"] },
  "@fal-ai/client": { text: 'export { ApiError, ValidationError, createFalClient } from "@fal-ai/client";', packages: ["@fal-ai/client"] },
  [BOTH]: {
    text: 'export { ApiError, ValidationError, createFalClient } from "@fal-ai/client"; export { zod } from "./check/zod.mjs";',
    packages: ["@fal-ai/client", "zod"],
  },
  replicate: { text: 'export { default } from "replicate";', packages: ["replicate"] },
  "@runwayml/sdk": { text: 'export { default, APIError } from "@runwayml/sdk";', packages: ["@runwayml/sdk"] },
  openai: { text: 'export { default, APIError } from "openai";', packages: ["openai"] },
  lumaai: { text: 'export { default, APIError } from "lumaai";', packages: ["lumaai"] },
};

/** What an app writes only to check a request. */
const CHECKS = {
  "rushes, `check` alone": 'export { check } from "rushes";',
  "zod, one schema": 'export { zod } from "./check/zod.mjs";',
};

/** Bundles and counts; nothing is timed. */
export async function sizesReport() {
  const bundled = {};
  for (const [name, { text }] of Object.entries(APPS)) bundled[name] = await compressed(text);
  const checks = {};
  for (const [name, text] of Object.entries(CHECKS)) checks[name] = await compressed(text);
  const disks = Object.fromEntries(Object.entries(APPS).map(([name, { packages }]) => [name, disk(packages)]));
  const kilo = (bytes) => Math.round(bytes / 100) / 10;
  return {
    title: "Sizes",
    rows: [
      ...compare("bundled, minified, brotli", bundled, ({ brotli }) => kilo(brotli), "KB", BOTH),
      ...compare("to check only, bundled, minified, brotli", checks, ({ brotli }) => kilo(brotli), "KB"),
      ...compare("installed", disks, ({ bytes }) => kilo(bytes), "KB"),
      ...compare("packages installed", disks, ({ packages }) => packages, "packages"),
    ],
    tables: [
      {
        head: ["bundle", "minified", "gzip", "brotli"],
        lines: Object.entries({ ...bundled, ...checks }).map(([name, { raw, gzip, brotli }]) =>
          [name, ...[raw, gzip, brotli].map((bytes) => `${kilo(bytes)} KB`)]),
      },
    ],
    notes: [
      `Peers: ${versions("@fal-ai/client", "replicate", "@runwayml/sdk", "openai", "lumaai", "zod")}. One bundle of esbuild ${versions("esbuild").split(" ")[1]} each (\`--bundle --minify --platform=browser\`), with ours holding its WebAssembly; brotli at quality 11, gzip at 9. 1 KB is 1000 bytes. Installed is what lies in \`node_modules\`, with every dependency that npm installs for it.`,
    ],
  };
}

/** A row each; the first is ours. */
function compare(what, found, value, unit, bound) {
  const [[own, first], ...others] = Object.entries(found);
  const row = (name, one) => ({ name: `${what}: ${name}`, value: value(one), unit });
  const budget = (name) => (name === bound ? "npm.size_to_fal_and_zod" : undefined);
  return [row(own, first), ...others.map(([name, one]) => against(row(name, one), value(first), value(one), budget(name)))];
}

async function compressed(text) {
  const file = readFileSync(await bundle({ text }, "size.js", { minify: true }));
  const brotli = brotliCompressSync(file, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.length },
  });
  return { raw: file.length, gzip: gzipSync(file, { level: 9 }).length, brotli: brotli.length };
}

/** How many packages npm installs for some, and their bytes. */
function disk(names) {
  const found = new Set();
  for (const name of names) {
    if (name === "rushes") found.add(installed);
    else follow(found, here, name, false);
  }
  return { packages: found.size, bytes: [...found].reduce((sum, folder) => sum + weight(folder), 0) };
}

/** Collects a package and all that it depends on, found as Node finds them. */
function follow(found, from, name, optional) {
  const folder = resolved(from, name);
  if (folder === undefined) {
    if (optional) return;
    throw new Error(`${name}, which ${from} needs, is not installed`);
  }
  if (found.has(folder)) return;
  found.add(folder);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  for (const each of Object.keys(dependencies)) follow(found, folder, each, each in optionalDependencies);
  for (const each of Object.keys(optionalDependencies)) follow(found, folder, each, true);
  for (const each of Object.keys(peerDependencies)) {
    // npm installs a peer unless it is said to be optional.
    if (peerDependenciesMeta[each]?.optional !== true) follow(found, folder, each, false);
  }
}

function resolved(from, name) {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  return from === here ? undefined : resolved(dirname(from), name);
}

/** Bytes of a package's own files. */
function weight(path) {
  const about = lstatSync(path);
  if (!about.isDirectory()) return about.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + weight(join(path, name)), 0);
}
