// One job, done by each: take an object from JavaScript, check it by the rules of text-to-video, fill in what is left
// out, and give the JSON that is sent; or else everything that is wrong with it.
//
// The rules are stated to each library in its own best way. None of them can say what ours says beside (limits, actual
// values, hints, the nearest known field name), so the work is equal as far as it can be, and never less for ours.

import Ajv from "ajv";
import * as v from "valibot";

import { rushes } from "./rushes.mjs";
import { fits, MAX, notBlank, RATIOS } from "./rules.mjs";
import { zod } from "./zod.mjs";

function valibot() {
  const schema = v.strictObject({
    prompt: v.pipe(v.string(), v.check(notBlank, "blank"), v.check(fits, "too long")),
    negative_prompt: v.nullish(v.pipe(v.string(), v.check(fits, "too long"))),
    duration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(15)), 5),
    cfg_scale: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.5),
    aspect_ratio: v.optional(v.picklist(RATIOS), "16:9"),
    sound: v.optional(v.boolean(), false),
  });
  return (request) => {
    const found = v.safeParse(schema, request);
    return found.success ? JSON.stringify(found.output) : found.issues;
  };
}

function ajv() {
  // It counts characters as we do.
  const validate = new Ajv({ allErrors: true, useDefaults: true }).compile({
    type: "object",
    required: ["prompt"],
    additionalProperties: false,
    properties: {
      prompt: { type: "string", maxLength: MAX, pattern: "\\S" },
      negative_prompt: { type: "string", maxLength: MAX, nullable: true },
      duration: { type: "integer", minimum: 3, maximum: 15, default: 5 },
      cfg_scale: { type: "number", minimum: 0, maximum: 1, default: 0.5 },
      aspect_ratio: { type: "string", enum: RATIOS, default: "16:9" },
      sound: { type: "boolean", default: false },
    },
  });
  return (request) => {
    // It writes the defaults into what it is given.
    const own = { ...request };
    return validate(own) ? JSON.stringify(own) : validate.errors;
  };
}

/**
 * By name, what makes the function that does the job, and what of an issue says where it is, what kind it is of, and
 * what it says. `JSON.stringify` alone checks nothing.
 */
export const CONTENDERS = {
  rushes: { make: rushes, parts: ({ path, code, message }) => [path, code, message] },
  "zod + JSON.stringify": { make: zod, parts: ({ path, code, message }) => [path.join("/"), code, message] },
  "valibot + JSON.stringify": { make: valibot, parts: ({ path, type, message }) => [path?.map(({ key }) => key).join("/") ?? "", type, message] },
  "ajv + JSON.stringify": { make: ajv, parts: ({ instancePath, keyword, message }) => [instancePath, keyword, message] },
  "JSON.stringify alone": { make: () => (request) => JSON.stringify(request), parts: () => [] },
};

/** Checks nothing, so it cannot take part where something is to be found. */
export const BLIND = "JSON.stringify alone";
