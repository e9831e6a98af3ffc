// Loads one contender in a Node that has just started, and does the job once, and once for a request
// to refuse; prints how long each took.

import { pathToFileURL } from "node:url";

const [script] = process.argv.slice(2);
const request = { prompt: "A fox leaps over a mossy log in the morning mist", duration: 8, sound: true };
const began = performance.now();
const { make } = await import(pathToFileURL(script));
const loaded = performance.now();
const body = make()(request);
const done = performance.now();
if (typeof body !== "string") throw new Error(`the request was refused: ${JSON.stringify(body)}`);
const issues = make()({ ...request, duration: 16 });
const refused = performance.now() - done;
if (issues.length !== 1) throw new Error(`the request was not refused: ${JSON.stringify(issues)}`);
console.log(JSON.stringify({ load: loaded - began, first: done - loaded, both: done - began, refused }));
