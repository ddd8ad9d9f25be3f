/**
 * What a server was asked before it died is not answered any more, and the client waits for it until its patience ends, some
 * seconds later. So it is asked again as soon as the line is back. Only for what may be done twice.
 */
export interface Asking {
  /** @param ask `again`: it was asked before, and may have been done. @returns what is answered first. @throws what the last try throws */
  untilAnswered<T>(ask: (again: boolean) => Promise<T>): Promise<T>;
  /** Asks again whatever is under way. */
  lineIsBack(): void;
}

export const askAgain = (): Asking => {
  const underWay = new Set<() => void>();
  return {
    untilAnswered: (ask) =>
      new Promise((resolve, reject) => {
        let tries = 0;
        const begin = () => {
          const own = ++tries;
          ask(own > 1).then(
            (answer) => {
              underWay.delete(begin);
              resolve(answer);
            },
            (error) => {
              if (own !== tries) return;
              underWay.delete(begin);
              reject(error);
            },
          );
        };
        underWay.add(begin);
        begin();
      }),
    lineIsBack: () => {
      for (const begin of [...underWay]) begin();
    },
  };
};
