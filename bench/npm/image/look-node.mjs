// In Node: looks at a picture and prints what it took.

import { openAsBlob } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, file, rounds, batch] = process.argv.slice(2);
const { counted, timed } = await import(pathToFileURL(script));
const blob = await openAsBlob(file);
const { found, bytes } = await counted(blob);
const times = [];
for (let round = 0; round < Number(rounds); round += 1) times.push(await timed(blob, Number(batch)));
console.log(JSON.stringify({ found, bytes, times }));
