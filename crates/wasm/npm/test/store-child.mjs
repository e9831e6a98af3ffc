// A program that makes one video with a store in files, and kills itself at a step: by the name of what it is about to
// do, or is in the middle of, and how often it did so before.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, packageFolder, baseURL, step, count] = process.argv.slice(2);
const die = () => process.kill(process.pid, "SIGKILL");
let met = 0;
const isNow = (name) => name === step && ++met === Number(count);

// As deep as possible, below everything that is tested.
const probe = await open(join(folder, "..", "probe"), "w");
const handles = Object.getPrototypeOf(probe);
await probe.close();
await rm(join(folder, "..", "probe"));
const { writeFile } = handles;
handles.writeFile = async function (text) {
  if (!isNow("in the middle of writing")) return writeFile.call(this, text);
  await this.write(text.slice(0, text.length / 2));
  await this.sync();
  die();
};
const { rename } = fs.promises;
fs.promises.rename = async (...paths) => {
  if (isNow("before it is in its place")) die();
  await rename(...paths);
  if (isNow("once it is in its place")) die();
};
syncBuiltinESMExports();

const load = (entry) => import(pathToFileURL(join(packageFolder, `dist/${entry}.js`)).href);
const { Rushes } = await load("index");
const { fileStore } = await load("store-node");
const sent = (...args) => {
  if (isNow("before it is sent")) die();
  return fetch(...args);
};
const rushes = new Rushes({ apiKey: process.env.TEST_KEY, baseURL, fetch: sent, store: fileStore(folder) });
const task = await rushes.textToVideo.create({ prompt: "A fox" });
console.log(task.id);
if (isNow("with the task in hand")) die();
