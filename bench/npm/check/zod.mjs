// The job done with zod.

import { z } from "zod";

import { fits, notBlank, RATIOS } from "./rules.mjs";

/** Makes the function that gives the JSON, or everything wrong. */
export function zod() {
  const schema = z.strictObject({
    prompt: z.string().refine(notBlank, "blank").refine(fits, "too long"),
    negative_prompt: z.string().refine(fits, "too long").nullish(),
    duration: z.int().min(3).max(15).default(5),
    cfg_scale: z.number().min(0).max(1).default(0.5),
    aspect_ratio: z.enum(RATIOS).default("16:9"),
    sound: z.boolean().default(false),
  });
  return (request) => {
    const found = schema.safeParse(request);
    return found.success ? JSON.stringify(found.data) : found.error.issues;
  };
}
