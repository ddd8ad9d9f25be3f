/**
 * A look at a board that answers with lists: page after page until there is enough that is new, then what the list leaves
 * out from each posting's own answer. A list that was not read to its end is kept in hand for the next look, so that a
 * large board is asked once for each page and not again for every 25 postings.
 */
import type { Board, Discovery, RejectedPosting } from "../../../protocols/portal.ts";
import { retryAfterMs } from "../portal-http/blocked.ts";
import { Unreachable } from "../portal-http/fetcher.ts";
import type { PortalAdapter, Request } from "./adapter.ts";
import { compare, digest, entryOf, type Item, keyOf, maxItems } from "./known-entries.ts";
import { pageOf } from "./page-of.ts";
import { postingFrom } from "./posting-from.ts";
import type { Look, Reach } from "./reach.ts";
import type { Listing, Reading, RejectedListing } from "./reading/answer.ts";
import { merged } from "./reading/listing.ts";
import { readAnswer } from "./reading/read-answer.ts";

/** Postings whose own answer is asked for in one look, so that it ends within its time even at a polite pace. */
const maxDetails = 20;
const maxPages = 100;
/** A list in hand is not trusted for longer: what it leads to may be gone. */
const keepMs = 10 * 60_000;
/** Boards whose list is in hand at once. */
const maxInHand = 50;

interface ListInHand {
  readonly since: number;
  readonly url: string;
  readonly items: Map<string, Item<Listing>>;
  readonly rejected: RejectedListing[];
  received: number;
  pages: number;
  total: number | null;
  next: Request | null;
  etag: string | null;
  /** Its end was not reached: what it does not name may be there all the same. */
  isCut: boolean;
}

interface Trouble {
  readonly trouble: Discovery;
}

export function lookAtList(adapter: PortalAdapter): Look {
  const inHand = new Map<string, ListInHand>();
  return async (input, reach) => {
    const { board, known, limit } = input;
    const kept = inHand.get(board.portal);
    inHand.delete(board.portal);
    const list =
      kept !== undefined && known.length > 0 && kept.url === board.url && reach.now - kept.since < keepMs
        ? kept
        : listOfBoard(board);
    while (list.next !== null && compare([...list.items.values()], known).fresh.length <= limit) {
      const trouble = await readPage(list, list.next, input.etag, reach);
      if (trouble === null) continue;
      if (trouble === "unchanged")
        return {
          outcome: "postings",
          postings: [],
          rejected: [],
          known: [],
          more: false,
          etag: input.etag,
          unchanged: true,
        };
      // What was read so far counts; the next look meets the trouble first and reports it.
      if (list.items.size === 0 || compare([...list.items.values()], known).fresh.length === 0)
        return trouble.trouble;
      break;
    }
    const { same, fresh } = compare([...list.items.values()], known);
    const found = await completed(fresh.slice(0, Math.min(limit, maxDetails)), board, reach);
    if (found.trouble !== null) return found.trouble;
    const page = pageOf(found.items, limit, (listing) => postingFrom(listing, board, reach.now));
    const taken = page.taken.length;
    const more = taken < fresh.length || list.next !== null;
    if (more) keep(board.portal, list);
    // What was refused before, for the same reason, is no news.
    const before = new Set(known);
    const over = list.rejected.filter((one) => one.isOver && one.externalId !== "");
    const unread = list.rejected.splice(0).map(refusedItem);
    return {
      outcome: "postings",
      postings: page.postings,
      keys: page.postings.map(({ externalId }) => keyOf(externalId)),
      closed: [
        ...found.closed,
        ...page.closed,
        ...over.map(({ externalId, reason }) => ({ key: keyOf(externalId), reason })),
      ],
      complete: list.next === null && !list.isCut,
      rejected: [
        ...found.rejected,
        ...page.rejected,
        ...unread.filter((item) => !before.has(entryOf(item))).map(({ value }) => value),
      ],
      known: [...same, ...page.taken.map(entryOf), ...found.refused.map(entryOf), ...unread.map(entryOf)],
      more,
      // With the tag of an answer that was not read to its end, its rest would never come.
      etag: more || adapter.paged ? null : list.etag,
    };
  };

  function listOfBoard(board: Board): ListInHand {
    return {
      since: Date.now(),
      url: board.url,
      items: new Map(),
      rejected: [],
      ...{ received: 0, pages: 0, total: null, etag: null, isCut: false },
      next: adapter.ask(board, { offset: 0, cursor: null }),
    };
  }

  function keep(portal: string, list: ListInHand): void {
    inHand.set(portal, list);
    const [oldest] = inHand.keys();
    if (inHand.size > maxInHand && oldest !== undefined) inHand.delete(oldest);
  }

  async function readPage(
    list: ListInHand,
    request: Request,
    etag: string | null,
    reach: Reach,
  ): Promise<"unchanged" | Trouble | null> {
    const answer = await ask(request, list.pages === 0 ? etag : null, reach);
    if (answer.status === 304) return "unchanged";
    const { reading } = answer;
    if (reading.outcome === "blocked" || reading.outcome === "changed") {
      // A page past the end is no page: some portals answer it with an error.
      if (reading.outcome === "changed" && list.pages > 0) {
        list.next = null;
        list.isCut = list.total !== null && list.received < list.total;
        return null;
      }
      return { trouble: troubleOf(reading, answer.retryAfter, reach.now, request.url) };
    }
    const before = list.items.size;
    for (const listing of reading.listings) {
      const key = keyOf(listing.externalId);
      const earlier = list.items.get(key)?.value;
      const value = earlier === undefined ? listing : merged(earlier, listing);
      list.items.set(key, { key, digest: digest(JSON.stringify(value)), value });
    }
    list.rejected.push(...reading.rejected.slice(0, 100));
    list.received += reading.received;
    list.pages++;
    list.total ??= reading.total;
    list.etag = list.pages === 1 ? answer.etag : null;
    const ended =
      !adapter.paged ||
      reading.received === 0 ||
      list.items.size === before ||
      (list.total !== null && list.received >= list.total) ||
      list.pages >= maxPages ||
      list.items.size >= maxItems;
    const next = ended
      ? null
      : adapter.ask({ url: list.url }, { offset: list.received, cursor: reading.cursor ?? null });
    list.next = next !== null && sameRequest(next, request) ? null : next;
    list.isCut = list.next === null && list.total !== null && adapter.paged && list.received < list.total;
    if (list.pages >= maxPages || list.items.size >= maxItems) list.isCut = true;
    return null;
  }

  async function ask(
    { url, question }: Request,
    etag: string | null,
    { fetcher, signal }: Reach,
    kind = adapter.kind,
  ) {
    const answer = await fetcher.get(url, { etag, signal, ...(question === undefined ? {} : { question }) });
    return {
      ...answer,
      reading: readAnswer({ body: answer.body, status: answer.status, url: answer.url, kind }),
    };
  }

  /** What the list leaves out, from the posting's own answer. */
  async function completed(items: readonly Item<Listing>[], board: Board, reach: Reach) {
    const whole: Item<Listing>[] = [];
    const refused: Item<Listing>[] = [];
    const rejected: RejectedPosting[] = [];
    const closed: { key: string; reason: string }[] = [];
    for (const item of items) {
      const request = adapter.detail?.(item.value, board) ?? pageOfPosting(item.value);
      if (item.value.description !== "" || request === null) {
        whole.push(item);
        continue;
      }
      try {
        const own = adapter.detail === undefined ? "jsonld" : adapter.kind;
        const { reading, retryAfter } = await ask(request, null, reach, own);
        const [detail] = reading.listings;
        if (reading.outcome === "blocked") {
          if (whole.length + refused.length > 0) break;
          return { ...nothing, trouble: troubleOf(reading, retryAfter, reach.now, request.url) };
        }
        if (detail === undefined) {
          refused.push(item);
          if (reading.rejected[0]?.isOver === true)
            closed.push({ key: item.key, reason: reading.rejected[0].reason });
          rejected.push({
            externalId: item.value.externalId,
            reason: reading.reason ?? "Its own page says nothing.",
          });
        } else whole.push({ ...item, value: together(item.value, detail) });
      } catch (error) {
        if (
          (whole.length === 0 && refused.length === 0) ||
          reach.signal.aborted ||
          !(error instanceof Unreachable)
        )
          throw error;
        break;
      }
    }
    return { items: whole, refused, rejected, closed, trouble: null };
  }
}

const nothing = { items: [], refused: [], rejected: [], closed: [] };
const sameRequest = (a: Request, b: Request) => JSON.stringify(a) === JSON.stringify(b);
const pageOfPosting = ({ url }: Listing): Request | null => (url === null ? null : { url });

function refusedItem({ externalId, index, reason }: RejectedListing): Item<RejectedPosting> {
  const name = externalId.slice(0, 100) || `item ${index + 1}`;
  return {
    key: keyOf(externalId === "" ? `no-id-${index}` : externalId),
    digest: digest(reason),
    value: { externalId: name, reason },
  };
}

/** The posting's own answer knows better, but for its id, and where it says nothing. */
function together(listed: Listing, detail: Listing): Listing {
  return {
    ...detail,
    externalId: listed.externalId,
    company: detail.company || listed.company,
    locations: detail.locations.length > 0 ? detail.locations : listed.locations,
    remote: detail.remote === "unknown" ? listed.remote : detail.remote,
    employmentType: detail.employmentType || listed.employmentType,
    salary: detail.salary ?? listed.salary,
    datePosted: detail.datePosted ?? listed.datePosted,
    skills: detail.skills.length > 0 ? detail.skills : listed.skills,
    url: listed.url ?? detail.url,
    applyUrl: detail.applyUrl ?? listed.applyUrl,
  };
}

const troubleOf = (reading: Reading, retryAfter: string | null, now: number, url: string): Discovery =>
  reading.outcome === "blocked"
    ? { outcome: "blocked", reason: reading.reason ?? "", retryAfterMs: retryAfterMs(retryAfter, now) }
    : { outcome: "changed", reason: `${url}: ${reading.reason ?? ""}`.slice(0, 500) };
