// Pictures to measure with: real JPEGs of a wanted weight, made by the browser, the same ones every run.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { onPage } from "../kit/page.mjs";
import { work } from "../kit/settings.mjs";

/** Pixels of a camera's picture: 12 megapixels. */
const SIZE = { width: 4000, height: 3000 };
/** What a camera puts before the picture: its settings with a preview, and a colour profile. In bytes. */
const EXIF = 40_000;
const PROFILE = 3_200;

/** Makes a JPEG of at most so many bytes (and hardly fewer) and writes it; gives its file. */
export async function picture(browser, site, name, bytes) {
  const base64 = await onPage(browser, site.url, (page) => page.evaluate(draw, { ...SIZE, bytes }));
  const file = join(work, name);
  writeFileSync(file, Buffer.from(base64, "base64"));
  return file;
}

/** The same picture as a camera would have written it. */
export function fromCamera(file, name) {
  const jpeg = readFileSync(file);
  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0", "latin1"), Buffer.alloc(EXIF)]));
  const profile = segment(0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01", "latin1"), Buffer.alloc(PROFILE)]));
  const made = join(work, name);
  writeFileSync(made, Buffer.concat([jpeg.subarray(0, 2), exif, profile, jpeg.subarray(2)]));
  return made;
}

function segment(marker, content) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Runs in the page: a gradient under noise, whose strength decides the weight of the file. */
async function draw({ width, height, bytes }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const paint = (strength) => {
    let state = 1;
    for (let at = 0; at < image.data.length; at += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = ((state >>> 16) / 65536 - 0.5) * strength;
      const shade = 60 + (100 * (at % (4 * width))) / (4 * width);
      image.data[at] = shade + noise;
      image.data[at + 1] = shade * 0.8 + noise;
      image.data[at + 2] = 180 - shade * 0.5 + noise;
      image.data[at + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    return canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  };
  let [weak, strong] = [0, 255];
  let best;
  for (let step = 0; step < 9 && !(best?.size > bytes * 0.97); step += 1) {
    const middle = (weak + strong) / 2;
    const blob = await paint(middle);
    if (blob.size <= bytes) [best, weak] = [blob, middle];
    else strong = middle;
  }
  if (!(best?.size > bytes * 0.95)) throw new Error(`no picture of nearly ${bytes} bytes came of it, but of ${best?.size}`);
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(best);
  });
}
