/** As many items as one look may bring: bounded in number and size, each understood or refused on its own. */
import type { RejectedPosting } from "../../../protocols/portal.ts";
import type { Posting } from "../../../protocols/posting.ts";
import type { Item } from "./known-entries.ts";
import { cutText } from "./reading/cut-text.ts";
import { Closed, reasonOf } from "./reading/listing.ts";

/** A task's answer is one message of the broker, which takes 1 MiB. */
const maxBytes = 500_000;

export interface Page<T> {
  readonly postings: readonly Posting[];
  readonly rejected: readonly RejectedPosting[];
  /** Those that were looked at, understood or not. */
  readonly taken: readonly Item<T>[];
  /** Keys of those that are over. */
  readonly closed: readonly { readonly key: string; readonly reason: string }[];
  readonly more: boolean;
}

export function pageOf<T extends { readonly externalId: string }>(
  fresh: readonly Item<T>[],
  limit: number,
  toPosting: (value: T) => Posting,
): Page<T> {
  const postings: Posting[] = [];
  const rejected: RejectedPosting[] = [];
  const taken: Item<T>[] = [];
  const closed: { key: string; reason: string }[] = [];
  let bytes = 0;
  for (const item of fresh.slice(0, limit)) {
    if (bytes > maxBytes) break;
    taken.push(item);
    try {
      const posting = toPosting(item.value);
      bytes += Buffer.byteLength(JSON.stringify(posting));
      postings.push(posting);
    } catch (error) {
      if (error instanceof Closed) closed.push({ key: item.key, reason: reasonOf(error) });
      rejected.push({ externalId: cutText(item.value.externalId, 100), reason: reasonOf(error) });
    }
  }
  return { postings, rejected, taken, closed, more: taken.length < fresh.length };
}
