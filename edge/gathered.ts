/** Many single questions of the same moment become one: a storm of returning clients must not be a storm of queries. */

const mostAtOnce = 500;

/**
 * @param ask answers many keys at once; a key that it leaves out has no answer
 * @returns asks for one key, together with whatever else is asked before the next turn of the event loop
 */
export const gathered = <V>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): ((key: string) => Promise<V | undefined>) => {
  let waiting = new Map<
    string,
    { resolve: (value: V | undefined) => void; reject: (error: unknown) => void }[]
  >();
  const flush = () => {
    const now = waiting;
    waiting = new Map();
    const keys = [...now.keys()];
    for (let i = 0; i < keys.length; i += mostAtOnce) {
      const some = keys.slice(i, i + mostAtOnce);
      ask(some).then(
        (found) => {
          for (const key of some) for (const { resolve } of now.get(key) ?? []) resolve(found.get(key));
        },
        (error) => {
          for (const key of some) for (const { reject } of now.get(key) ?? []) reject(error);
        },
      );
    }
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(flush);
      const others = waiting.get(key);
      if (others) others.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
    });
};
