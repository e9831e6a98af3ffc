// Looks at a picture's header, counting every byte that is read of it; in Node and in a page.

import { inspectImage } from "rushes";

import { median } from "../kit/stats.mjs";

/** Inspects a blob; gives what was found, and how many of its bytes were read for it. */
export async function counted(blob) {
  const { slice } = Blob.prototype;
  const readers = ["arrayBuffer", "bytes", "stream", "text"].filter((name) => name in Blob.prototype);
  const originals = readers.map((name) => [name, Blob.prototype[name]]);
  let bytes = 0;
  for (const [name, read] of originals) {
    Blob.prototype[name] = function (...args) {
      bytes += this.size;
      return read.apply(this, args);
    };
  }
  try {
    return { found: await inspectImage(blob), bytes };
  } finally {
    for (const [name, read] of originals) Blob.prototype[name] = read;
    if (Blob.prototype.slice !== slice) throw new Error("Blob.prototype.slice was changed while it was watched");
  }
}

/** Milliseconds of one inspection, the median of so many: decoding is measured as a median, too. */
export async function timed(blob, count) {
  const times = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await inspectImage(blob);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** Milliseconds to decode it as the browser does. */
export async function decoded(blob) {
  const began = performance.now();
  const bitmap = await createImageBitmap(blob);
  const took = performance.now() - began;
  bitmap.close();
  return took;
}
