// In Node: sends the picture and prints what it took. `time`: many rounds; `memory`: one send in this fresh process.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { peaks } from "../kit/memory.mjs";
import { seeded, shuffled } from "../kit/stats.mjs";

const [what, script, file, url, ...rest] = process.argv.slice(2);
const ways = await import(pathToFileURL(script));
const bytes = new Uint8Array(readFileSync(file));
const forms = { bytes: () => bytes, blob: () => new Blob([bytes], { type: "image/jpeg" }) };
// What fetch itself loads on its first use is nobody's.
await (await fetch(url, { method: "POST", body: "{}" })).text();

if (what === "time") {
  const random = seeded(3);
  const samples = { rushes: [], usual: [] };
  const [form, rounds] = [rest[0], Number(rest[1])];
  // The first round warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const name of shuffled(["rushes", "usual"], random)) {
      const image = forms[form]();
      globalThis.gc();
      const { built, sent } = await ways[name](image, url);
      if (round >= 0) samples[name].push({ built, sent });
    }
  }
  console.log(JSON.stringify(samples));
} else {
  const [form, name] = rest;
  const image = forms[form]();
  globalThis.gc();
  const watch = peaks();
  watch.begin([process.pid]);
  await ways[name](image, url);
  console.log(JSON.stringify(watch.rises([process.pid])));
}
