// Medians, quartiles and ratios, and the rows of a report that show them.

/** The value below which the given part of the sorted samples lies, interpolated. */
export function quantile(samples, part) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** The value in the middle. */
export const median = (samples) => quantile(samples, 0.5);

/** The two values between which the middle half lies. */
export const quartiles = (samples) => [quantile(samples, 0.25), quantile(samples, 0.75)];

/** Three digits that count. */
export const digits = (value) => Number(value.toPrecision(3));

/** A row of samples: their median, and between what the middle half lies. */
export const sampled = (name, samples, unit) => ({
  name,
  value: digits(median(samples)),
  unit,
  quartiles: quartiles(samples).map(digits),
});

/**
 * A peer's row with ours set against it: the ratio of the medians, under 1 where ours is the better. Its spread is that
 * of the rounds' own ratios, where samples of one round stand at the same place in both lists. A budget binds the ratio.
 */
export function compared(row, ours, theirs, budget) {
  const spread = quartiles(ours.map((sample, round) => sample / theirs[round])).map(digits);
  return { ...against(row, median(ours), median(theirs), budget), ratio_quartiles: spread };
}

/** The same of two plain numbers. */
export const against = (row, ours, theirs, budget) => ({ ...row, ratio: digits(ours / theirs), ...(budget && { budget }) });

/** A generator of numbers in [0, 1) that gives the same ones every run (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same items in an order of the generator's. */
export function shuffled(items, random) {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}
