// Puts together what core found good: of its answer, which holds none of the texts, and of what was given.

import type { Judged } from "./check.js";

/** A request as it was given: its names and types are known to be right. */
export interface Given {
  image: unknown;
  prompt: string;
  negative_prompt: string;
  end_image: unknown;
  multi_prompt: readonly { prompt: string }[];
}

/** With its defaults; in the order of the documentation's table, which is the order of the gaps. */
type Accepted = {
  image?: unknown;
  prompt: string;
  negative_prompt?: string;
  duration?: number;
  cfg_scale?: number;
  aspect_ratio?: (typeof SHAPES)[number] | undefined;
  sound?: boolean;
  end_image?: unknown;
  multi_prompt?: { prompt: string; duration: number }[];
};

/** A number of core's answer. wasm/src/check.rs says which is which. */
export type Numbers = (index: number) => number;

/** As core numbers them. */
const SHAPES = ["16:9", "9:16", "1:1"] as const;
/** Where the lengths of the shots begin among the numbers. */
const SHOTS = 7;

/** The body and the request with its defaults; `answer` is the body's outline, the path and the warnings. */
export function passed(answer: string, number: Numbers, isI2v: boolean, given: Given): Judged {
  const end = number(0);
  const shots = number(6);
  let gap = SHOTS + shots;
  let at = 0;
  let body = "";
  /** Puts a text into the next gap; the text, as core read it. */
  const text = (given: string): string => {
    const from = at;
    at = number(gap);
    const isPlain = number(gap + 1) === 1;
    gap += 2;
    const read = isPlain ? given : given.replace(/\p{Surrogate}/gu, "\ufffd");
    body += answer.slice(from, at) + (isPlain ? read : JSON.stringify(read).slice(1, -1));
    return read;
  };
  const image = (given: unknown): unknown => (typeof given === "string" ? text(given) : given);

  const seconds = number(1);
  const request: Accepted = isI2v
    ? { image: image(given.image), prompt: text(given.prompt) }
    : { prompt: text(given.prompt) };
  if (number(5) === 1) request.negative_prompt = text(given.negative_prompt);
  request.duration = seconds;
  request.cfg_scale = number(2);
  if (!isI2v) request.aspect_ratio = SHAPES[number(3)];
  request.sound = number(4) === 1;
  if (isI2v && given.end_image != null) request.end_image = image(given.end_image);
  if (shots > 0) {
    request.multi_prompt = given.multi_prompt.map(({ prompt }, index) => ({
      prompt: text(prompt),
      duration: number(SHOTS + index),
    }));
  }
  body += answer.slice(at, end);

  const warnings = answer.indexOf("[", end);
  const path = warnings < 0 ? answer.slice(end) : answer.slice(end, warnings);
  return { ok: true, path, body, seconds, request, issues: warnings < 0 ? [] : JSON.parse(answer.slice(warnings)) };
}
