// What an app loads to check with zod.

export { zod as make } from "../check/zod.mjs";
