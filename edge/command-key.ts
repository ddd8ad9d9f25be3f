/**
 * The idempotency key of the request that is being handled, so that what it tells actors carries an id of its own: told again
 * within ten minutes, through whichever edge, the broker lets it through once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";

const current = new AsyncLocalStorage<{ readonly key: string }>();

/** Everything that `work` tells with {@link commandKey} belongs to this command of this account. */
export const asCommand = <T>(account: string, key: string, work: () => Promise<T>): Promise<T> =>
  current.run(
    {
      key: createHash("sha256")
        .update(JSON.stringify([account, key]))
        .digest("hex")
        .slice(0, 32),
    },
    work,
  );

/** The id of what this command tells `address`; undefined where the request has no key. */
export const commandKey = (address: string, type: string): string | undefined => {
  const store = current.getStore();
  return store === undefined ? undefined : `command-${store.key}-${type}-${address}`;
};
