/** Clocks, percentiles and bounded loops. Times in milliseconds. */

/** Monotonic, and the same for all processes of one machine. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const percentile = (values, share) => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
};
export const median = (values) => percentile(values, 0.5);

/** Runs `call(i)` for 0 to count-1, at most `width` at once. */
export async function bounded(count, width, call) {
  let next = 0;
  const lane = async () => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

/** Calls at a fixed rate, each counted from when it was due, so that a stall is charged to all that it held up. */
export async function atRate(count, perSecond, call) {
  const begin = now() + 20;
  const calls = [];
  for (let i = 0; i < count; i++) {
    const due = begin + (i * 1_000) / perSecond;
    if (due - now() > 1) await sleep(due - now());
    calls.push(call(i, due));
  }
  await Promise.race([Promise.allSettled(calls), sleep(20_000)]);
}

/** @throws if `ask` does not give something true in time. */
export async function until(what, ask, withinMs = 30_000, everyMs = 50) {
  const end = now() + withinMs;
  let last = "";
  while (now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = `: ${error.message}`;
    }
    await sleep(everyMs);
  }
  throw new Error(`${what} did not come within ${withinMs} ms${last}`);
}
