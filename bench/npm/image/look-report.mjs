// Preflight of a 10 MB JPEG: what is read, and how long it takes against decoding it.

import { statSync } from "node:fs";
import { join } from "node:path";

import { bundle } from "../kit/ours.mjs";
import { onPage } from "../kit/page.mjs";
import { measured } from "../kit/program.mjs";
import { here, now, times } from "../kit/settings.mjs";
import { compared, sampled } from "../kit/stats.mjs";
import { fromCamera, picture } from "./picture.mjs";

const BYTES = 10_000_000;
/** Inspections a sample. */
const BATCH = 10;

/** Looks at the picture bare, and as a camera writes it. */
export async function lookReport({ browser, site }) {
  const bare = await picture(browser, site, "ten.jpg", BYTES);
  const pictures = { "as saved by an editor": bare, "as a camera writes it": fromCamera(bare, "ten-camera.jpg") };
  const script = await bundle("image/look.mjs", "look.js");
  const rows = [];
  const rounds = times(15, 3);
  for (const [title, file] of Object.entries(pictures)) {
    now(`preflight, ${title}`);
    const node = await measured(join(here, "image/look-node.mjs"), [script, file, rounds, BATCH]);
    const page = await onPage(browser, site.url, async (opened) => {
      await opened.setContent('<!doctype html><input type="file">');
      await opened.setInputFiles("input", file);
      return opened.evaluate(looks, { rounds, batch: BATCH });
    });
    for (const [engine, { found, bytes }] of Object.entries({ Node: node, Chromium: page })) {
      const { format, width, height, issues } = found;
      if (format !== "jpeg" || width !== 4000 || height !== 3000 || issues.some(({ severity }) => severity === "error")) {
        throw new Error(`${engine} found ${JSON.stringify(found)} in ${file}`);
      }
      rows.push({ name: `${engine}, ${title}: bytes read`, value: bytes, unit: "bytes", budget: "npm.preflight_bytes" });
    }
    rows.push(
      sampled(`Node, ${title}: inspectImage`, node.times, "ms"),
      sampled(`Chromium, ${title}: inspectImage`, page.times, "ms"),
      compared(sampled(`Chromium, ${title}: createImageBitmap`, page.decoded, "ms"), page.times, page.decoded, "npm.preflight_to_decoding"),
    );
  }
  return {
    title: "Preflight of a 10 MB JPEG",
    rows,
    notes: [
      `A picture of 4000 × 3000 pixels and ${statSync(bare).size} bytes, on the disk; the camera's has 43 KB of Exif and colour profile before it. Bytes read are all that any reader of the Blob was asked for. ${rounds} rounds, each the median of ${BATCH} inspections and one decoding.`,
    ],
  };
}

/** Runs in the page. */
async function looks({ rounds, batch }) {
  const { counted, timed, decoded } = await import("/look.js");
  const [file] = document.querySelector("input").files;
  const seen = { ...(await counted(file)), times: [], decoded: [] };
  for (let round = 0; round < rounds; round += 1) {
    seen.times.push(await timed(file, batch));
    seen.decoded.push(await decoded(file));
  }
  return seen;
}
