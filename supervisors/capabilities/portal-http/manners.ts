/**
 * How each kind of portal is asked: how far apart, how many at once, how often a board is looked at. A kind that is not
 * named here is a site of unknown strength, and is asked like one.
 */

export interface Manners {
  /** Between the beginnings of two requests to one host, milliseconds. */
  readonly gapMs: number;
  /** Up to this much longer, by chance, so that we are no metronome. */
  readonly spreadMs: number;
  /** Requests at a time to one host. */
  readonly atOnce: number;
  /** How often a board is looked at if nobody says otherwise, milliseconds. */
  readonly lookEveryMs: number;
}

const minute = 60_000;

/** A web site that never said how much it can take: one at a time, a second and a half apart, each hour. */
const site: Manners = { gapMs: 1_500, spreadMs: 1_000, atOnce: 1, lookEveryMs: 60 * minute };
/** An API that is meant for programs, without published limits. */
const api: Manners = { gapMs: 1_000, spreadMs: 500, atOnce: 1, lookEveryMs: 15 * minute };

const byKind: Readonly<Record<string, Manners>> = {
  greenhouse: api,
  lever: api, // Its robots.txt asks for a second between requests.
  ashby: api,
  // Publishes 10 requests a second and 8 at a time; half of that leaves room for others behind the same address.
  smartrecruiters: { ...api, gapMs: 200, spreadMs: 100, atOnce: 4 },
  workable: api,
  recruitee: api,
  teamtailor: api,
  // Reported to block addresses after a thousand quick calls for details.
  workday: { ...api, gapMs: 2_000, spreadMs: 1_000, lookEveryMs: 30 * minute },
  // Their own feeds ask to be read once an hour.
  weworkremotely: site,
  remoteok: site,
  rss: site,
  // Blocks after some ten pages from one address.
  linkedin: { gapMs: 3_000, spreadMs: 4_000, atOnce: 1, lookEveryMs: 120 * minute },
  indeed: { gapMs: 3_000, spreadMs: 4_000, atOnce: 1, lookEveryMs: 120 * minute },
  glassdoor: { gapMs: 3_000, spreadMs: 4_000, atOnce: 1, lookEveryMs: 120 * minute },
};

/** Our own machine (the demo portal, a test) needs none. */
export const noManners: Manners = { gapMs: 0, spreadMs: 0, atOnce: 8, lookEveryMs: 15_000 };

export const mannersOf = (kind: string): Manners => byKind[kind] ?? site;

export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
