// The shape of what build/plain.mjs makes of core's table of what is good or wrong at a glance.

import type { Judged } from "../check.js";
import type { Heard } from "../heard.js";
import type { Endpoint } from "../types.js";

/** What core would make of a request with these fields, or `undefined` where that is for core to say. */
export const plain: Readonly<Record<Endpoint, (fields: Record<string, unknown>, recall: Heard["recall"]) => Judged | undefined>>;
