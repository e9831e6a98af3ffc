// What the schemas of the peers have in common.

/** The shapes that the API takes. */
export const RATIOS = ["16:9", "9:16", "1:1"];

/** Longest prompt, in characters (Unicode scalar values). */
export const MAX = 2500;

/** Whether a text has at most so many characters: they are counted one by one only where that matters. */
export function fits(text) {
  if (text.length <= MAX) return true;
  if (text.length > 2 * MAX) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count <= MAX;
}

/** Whether it holds anything but white space. */
export const notBlank = (text) => /\S/.test(text);
