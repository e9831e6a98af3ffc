// Runs the bundled rounds in this Node and prints the samples.

import { pathToFileURL } from "node:url";

const [bundle, settings] = process.argv.slice(2);
const { measure } = await import(pathToFileURL(bundle));
console.log(JSON.stringify(measure(JSON.parse(settings))));
