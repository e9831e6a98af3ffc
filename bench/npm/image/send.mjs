// One request with a large inline image, made and sent by ours and in the usual way; in Node and in a page.

import { Rushes } from "rushes";

const PROMPT = "The camera pulls back slowly from the mossy log";

/** The client under measurement; its fetch notes when the body was there. */
function watched() {
  const noted = { built: 0 };
  const send = (url, init) => {
    noted.built = performance.now();
    return fetch(url, init);
  };
  return { noted, send };
}

/** Ours: everything checked, the picture's header too. */
export async function rushes(image, url) {
  const { noted, send } = watched();
  const client = new Rushes({ baseURL: url, apiKey: null, fetch: send });
  const began = performance.now();
  const task = await client.imageToVideo.create({ image, prompt: PROMPT });
  return { built: noted.built - began, sent: performance.now() - began, said: task.id };
}

/** As it is usually written: nothing checked. */
export async function usual(image, url) {
  const { noted, send } = watched();
  const began = performance.now();
  const body = JSON.stringify({ image: await dataUri(image), prompt: PROMPT });
  const response = await send(`${url}/v3/async/kling-v3.0-std-i2v`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  const { task_id: said } = await response.json();
  return { built: noted.built - began, sent: performance.now() - began, said };
}

/** `FileReader` where there is one, Node's `Buffer` otherwise. */
async function dataUri(image) {
  if (typeof FileReader === "undefined") {
    const bytes = image instanceof Blob ? await image.arrayBuffer() : image;
    const { buffer, byteOffset = 0, byteLength } = ArrayBuffer.isView(bytes) ? bytes : { buffer: bytes, byteLength: bytes.byteLength };
    return `data:image/jpeg;base64,${Buffer.from(buffer, byteOffset, byteLength).toString("base64")}`;
  }
  const blob = image instanceof Blob ? image : new Blob([image], { type: "image/jpeg" });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
