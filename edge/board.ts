/** The figures and the manager's floor: the latest of each, and what is pushed to who watches. */
import type { EmployeeRow, FactLine, Me } from "../protocols/api/http.ts";
import type { Floor } from "../protocols/api/socket.ts";
import type { Kpis, LiveMetrics } from "../protocols/read-models.ts";
import type { ReadFact } from "../supervisors/capabilities/archive/stored-fact.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { factLine, isNoise } from "./fact-line.ts";
import type { People } from "./people.ts";
import type { Hub } from "./socket/hub.ts";

const mostFacts = 50;
/** Rows and lines are pushed at most four times a second. */
const coalesceMs = 250;

export interface Board {
  live(): LiveMetrics;
  kpis(): Kpis;
  employees(): Promise<readonly EmployeeRow[]>;
  floor(): Promise<Floor>;
  heard(fact: ReadFact): void;
  concerned(employee: string): void;
  /** Reads the last figures; also after a reconnect. */
  refresh(): Promise<void>;
  close(): void;
}

/** Before the first measurement nothing has happened. */
const nothing: { live: LiveMetrics; kpis: Kpis } = {
  live: { activeScrapers: 0, totalScrapers: 0, jobsFoundPerMinute: 0, pendingReviews: 0, employeesOnline: 0 },
  kpis: {
    discovered: 0,
    scored: 0,
    autoApproved: 0,
    reviewed: 0,
    submitted: 0,
    failed: 0,
    autoApplyRate: null,
    manualRate: null,
  },
};

export interface BoardOptions {
  readonly link: EdgeLink;
  readonly hub: Hub;
  readonly people: People;
  readonly accounts: () => Promise<readonly Me[]>;
  /** What was said before this sequence (null: before now), newest first: an edge hears only what is said while it lives. */
  readonly earlier: (before: number | null) => Promise<readonly FactLine[]>;
  readonly log: (line: string) => void;
}

export const createBoard = ({ link, hub, people, accounts, earlier, log }: BoardOptions): Board => {
  let { live, kpis } = nothing;
  let measuredSeq = 0;
  const facts: FactLine[] = [];
  let newFacts: FactLine[] = [];
  const concernedNow = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const measured = (fact: ReadFact) => {
    if (fact.fact?.type !== "PulseMeasured" || fact.seq <= measuredSeq) return;
    measuredSeq = fact.seq;
    if (JSON.stringify(live) !== JSON.stringify(fact.fact.live)) {
      live = fact.fact.live;
      hub.publish("live", "live", live);
    }
    if (JSON.stringify(kpis) !== JSON.stringify(fact.fact.kpis)) {
      kpis = fact.fact.kpis;
      hub.publish("kpis", "kpis", kpis);
    }
  };

  const flush = async () => {
    const lines = newFacts.slice(-mostFacts).reverse();
    newFacts = [];
    const who = [...concernedNow];
    concernedNow.clear();
    const known = who.length > 0 ? await accounts() : [];
    const rows = await rowsOf(known.filter(({ id }) => who.includes(id)));
    if (lines.length + rows.length > 0) hub.publish("floor", "floor", { employees: rows, facts: lines });
  };
  const soon = () => {
    if (timer || !hub.watched("floor")) {
      if (!hub.watched("floor")) {
        newFacts = [];
        concernedNow.clear();
      }
      return;
    }
    timer = setTimeout(() => {
      timer = null;
      flush().catch((error) => log(`the floor could not be brought up to date: ${error}`));
    }, coalesceMs);
  };

  /** Twenty at a time; who can't be asked in time is left out rather than shown wrongly. */
  const rowsOf = async (persons: readonly Me[]): Promise<EmployeeRow[]> => {
    const rows: EmployeeRow[] = [];
    for (let i = 0; i < persons.length; i += 20) {
      const some = await Promise.allSettled(persons.slice(i, i + 20).map((person) => people.row(person)));
      for (const one of some) if (one.status === "fulfilled") rows.push(one.value);
    }
    return rows;
  };

  const employees = async () => rowsOf(await accounts());

  /** Newest first. */
  const lastFacts = async (): Promise<FactLine[]> => {
    const heard = [...facts].reverse();
    if (heard.length === mostFacts) return heard;
    const read = await earlier(heard.at(-1)?.seq ?? null);
    return [...heard, ...read.filter(({ type, fact }) => !isNoise(type, fact))].slice(0, mostFacts);
  };

  return {
    live: () => live,
    kpis: () => kpis,
    employees,
    floor: async () => {
      const [rows, lines] = await Promise.all([employees(), lastFacts()]);
      return { employees: rows, facts: lines };
    },
    heard: (fact) => {
      measured(fact);
      if (isNoise(fact.type, fact.line)) return;
      const line = factLine(fact);
      facts.push(line);
      if (facts.length > mostFacts) facts.shift();
      newFacts.push(line);
      if (newFacts.length > mostFacts) newFacts.shift();
      soon();
    },
    concerned: (employee) => {
      concernedNow.add(employee);
      soon();
    },
    refresh: async () => {
      const last = await link.lastFact("PulseMeasured", "main");
      if (last !== null) measured(last);
    },
    close: () => {
      if (timer) clearTimeout(timer);
    },
  };
};
