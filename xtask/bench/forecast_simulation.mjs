// The forecast in plain JavaScript: the tightest loop that the language allows. Runs in Node and in a page.

/** Ten years: a trial that is not done by then is given up, as in the product. */
const LONGEST = 3653;

/** xorshift32: four operations a number, no object. Answers how many trials ended on each day. */
export function simulate(history, remaining, trials, seed) {
  const ends = new Uint32Array(LONGEST + 1);
  const length = history.length;
  let state = seed | 0 || 1;
  for (let trial = 0; trial < trials; trial++) {
    let left = remaining;
    let day = 0;
    while (left > 0 && day < LONGEST) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      left -= history[((state >>> 0) * length) / 4294967296 | 0];
      day++;
    }
    ends[day]++;
  }
  return ends;
}

/** The smallest day by which `p` percent of the trials have ended. */
export function percentile(ends, trials, p) {
  const rank = Math.ceil((p / 100) * trials);
  let sum = 0;
  for (let day = 0; day < ends.length; day++) if ((sum += ends[day]) >= rank) return day;
}

/** The median time of `repeat` forecasts, in milliseconds. */
export function measure({ samples, remaining }, trials, repeat, uncounted = 2) {
  const history = Float64Array.from(samples);
  const times = [];
  // The first rounds let the engine compile the loop and are not counted.
  for (let round = -uncounted; round < repeat; round++) {
    const begun = performance.now();
    const ends = simulate(history, Number(remaining), trials, 12345 + round);
    for (const p of [50, 70, 85, 95]) percentile(ends, trials, p);
    if (round >= 0) times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Fails when the product's answers are others than these: other random numbers may move a percentile by a day. */
export function check({ samples, remaining, p50, p85 }) {
  const ends = simulate(Float64Array.from(samples), Number(remaining), 1_000_000, 7);
  for (const [p, ours] of [[50, p50], [85, p85]]) {
    const theirs = percentile(ends, 1_000_000, p);
    if (!(Math.abs(theirs - ours) <= 1)) throw new Error(`p${p}: the peer needs ${theirs} days, the product ${ours}. A run with wrong numbers does not count.`);
  }
}
