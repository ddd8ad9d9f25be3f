/** So many at once and no more; the others wait their turn, first come, first served. */
export const paced = (mostAtOnce: number) => {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    // Whoever ends hands its place on, so that nobody who comes later gets in between.
    if (underWay >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  };
};
