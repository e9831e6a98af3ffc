// What an app loads to check with ours.

export { rushes as make } from "../check/rushes.mjs";
