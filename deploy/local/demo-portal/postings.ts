/** Which postings can be seen now: the openings the portal started with, those that appeared since, and a few absurd ones. */
import { initialOpenings, type Opening, openingAt } from "./opening.ts";

/** What is wrong with a careers page's JobPosting, to see that one bad posting does not hurt the rest. */
export const absurdities = [
  "missing-title",
  "salary-in-words",
  "unescaped-quotes",
  "no-json-ld",
  "expired",
  "title-not-text",
  "nothing-but-title",
  "absurd-values",
] as const;
export type Absurdity = (typeof absurdities)[number];

/** One posting of an opening in one place. An opening may have two. */
export interface Listing {
  readonly jobId: number;
  readonly place: "board" | "careers";
  /** True for the careers-site twin of a board posting. */
  readonly mirror: boolean;
  readonly opening: Opening;
  readonly publishedAt: Date;
  readonly absurdity: Absurdity | null;
}

const dayMs = 86_400_000;
/** Absurd postings are made from openings that the running number will not reach. */
const absurdFrom = 500_000;

export class Postings {
  readonly #seed: number;
  readonly #listings = new Map<number, Listing>();
  #next = initialOpenings;

  constructor(seed: number, bornAt: number) {
    this.#seed = seed;
    for (let sequence = 0; sequence < initialOpenings; sequence++) {
      const opening = openingAt(seed, sequence);
      this.#list(opening, new Date(bornAt - opening.ageDays * dayMs - sequence * 61_000), null);
    }
    let sequence = absurdFrom;
    for (const absurdity of absurdities) {
      let opening = openingAt(seed, sequence++);
      while (opening.company.published !== "careers") opening = openingAt(seed, sequence++);
      this.#list(opening, new Date(bornAt - opening.ageDays * dayMs), absurdity);
    }
  }

  get nextSequence(): number {
    return this.#next;
  }

  /** Makes opening number `sequence` visible; returns its postings. */
  appear(sequence: number, at: number): readonly Listing[] {
    this.#next = Math.max(this.#next, sequence + 1);
    return this.#list(openingAt(this.#seed, sequence), new Date(at), null);
  }

  all(): readonly Listing[] {
    return [...this.#listings.values()];
  }

  of(company: string, place: Listing["place"]): readonly Listing[] {
    return this.all().filter((one) => one.opening.company.token === company && one.place === place);
  }

  find(company: string, jobId: string): Listing | null {
    if (!/^\d{1,12}$/.test(jobId)) return null;
    const listing = this.#listings.get(Number(jobId));
    return listing !== undefined && listing.opening.company.token === company ? listing : null;
  }

  #list(opening: Opening, publishedAt: Date, absurdity: Absurdity | null): readonly Listing[] {
    const place = opening.company.published === "careers" ? "careers" : "board";
    const made: Listing[] = [{ jobId: opening.jobId, place, mirror: false, opening, publishedAt, absurdity }];
    if (opening.mirrorId !== null)
      made.push({
        jobId: opening.mirrorId,
        place: "careers",
        mirror: true,
        opening,
        publishedAt,
        absurdity: null,
      });
    for (const listing of made) this.#listings.set(listing.jobId, listing);
    return made;
  }
}
