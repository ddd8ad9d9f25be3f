/** A password that is shown this once: to be handed over, and then replaced by one of the person's own. */
import type { GivenPassword as Given } from "../../../../protocols/api/accounts.ts";
import { Notice } from "../../components/notice.tsx";
import { useNow } from "../../state/clock.ts";
import { moment } from "../../state/time-text.ts";

export function GivenPassword({ given }: { given: Given }) {
  const now = useNow();
  return (
    <Notice tone="good" testId="given-password">
      <p>Hand this over now. It is shown once, and kept nowhere:</p>
      <p className="my-2 font-mono text-lg break-all select-all">{given.oneTimePassword}</p>
      <p>It holds until {moment(given.validUntil, now)}, for one thing: choosing a password of their own.</p>
    </Notice>
  );
}
