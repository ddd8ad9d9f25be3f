/**
 * Every setting: its variable, default, unit and reason. Read once at the start of a process; a bad value stops it with
 * one clear line. The README's table is made from the same data (`configTable`).
 */
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { repoRoot } from "./repo-root.ts";
import {
  ConfigProblem,
  list,
  oneOf,
  port,
  readSetting,
  type Setting,
  secret,
  text,
  type Values,
  wholeNumber,
} from "./setting.ts";

const anyText = { pattern: /\S/, allowed: "any text that is not blank" };
const address = { pattern: /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)$/, allowed: "a host name or an IP address" };
const webAddress = {
  pattern: /^https?:\/\/[^\s]+$/,
  allowed: "an address that begins with http:// or https://",
};
const natsAddress = {
  pattern: /^((nats|tls):\/\/)?[^\s,@]+(,((nats|tls):\/\/)?[^\s,@]+)*$/,
  allowed: "nats://host:port, several separated by commas, without a password in it",
};
const postgresAddress = {
  pattern: /^postgres(ql)?:\/\/\S+$/,
  allowed: "an address that begins with postgres://",
};
const mongoAddress = {
  pattern: /^mongodb(\+srv)?:\/\/\S+$/,
  allowed: "an address that begins with mongodb://",
};
const ipAddresses = { pattern: /^[0-9a-fA-F:.]{2,45}$/, allowed: "IP addresses, separated by commas" };
const email = { pattern: /^[^@\s]{1,64}@[^@\s]{1,190}$/, allowed: "an e-mail address" };
const token = { pattern: /^[A-Za-z0-9_-]{1,64}$/, allowed: "1 to 64 letters, digits, - or _" };
const kindNames = { pattern: /^[a-z][a-z0-9-]*$/, allowed: "names of actor kinds, separated by commas" };
const portalKinds = { pattern: /^[a-z]+$/, allowed: "names of kinds of portal, separated by commas" };

const minute = 60_000;
const day = 24 * 60 * minute;

const settings = {
  // Where things are
  home: text("CALLBOARD_HOME", join(repoRoot, ".callboard"), anyText, {
    why: "All data, tools, logs and secrets of this installation. Inside the clone, so that removing the clone removes all.",
  }),
  host: text("CALLBOARD_HOST", "127.0.0.1", address, {
    why: "Where the edge listens. Loopback, because to open it to a network is a decision.",
  }),
  port: port("CALLBOARD_PORT", 7070, { why: "The edge: dashboard, HTTP and WebSocket." }),
  publicUrl: text("CALLBOARD_PUBLIC_URL", undefined, webAddress, {
    why: "The dashboard's address as people type it; decides allowed origins and secure cookies. Made of host and port if not set.",
  }),
  proxies: list("CALLBOARD_PROXIES", ipAddresses, {
    why: "Our own proxies in front of the edge: what they say in X-Forwarded-For is the client's address, by which tries to sign in are counted.",
  }),
  natsPort: port("CALLBOARD_NATS_PORT", 7071, { why: "The broker that `up` starts, on loopback." }),
  natsMonitorPort: port("CALLBOARD_NATS_MONITOR_PORT", 7072, {
    why: "The broker's health and metrics, always on loopback.",
  }),
  natsUrl: text("CALLBOARD_NATS_URL", undefined, natsAddress, {
    why: "The broker to use; if set, `up` starts none. For clusters give all servers.",
  }),
  natsUser: text("CALLBOARD_NATS_USER", undefined, token, {
    why: "The broker's user; actors for a node and edge for an edge if not set.",
  }),
  natsPassword: secret("CALLBOARD_NATS_PASSWORD", { why: "Its password. `up` makes one and hands it on." }),
  syncInterval: oneOf("CALLBOARD_NATS_SYNC_INTERVAL", ["default", "always"], "default", {
    why: "Whether the broker that `up` starts is on disk before it acknowledges. On one machine a kill -9 loses nothing either way; `always` survives a power cut too, and a turn that comes alone takes some 5 ms instead of 1.",
  }),
  natsReplicas: oneOf("CALLBOARD_NATS_REPLICAS", ["1", "3", "5"], "1", {
    why: "How many servers keep each stream, bucket and object store. 3 in a cluster of three: one may be gone. 1 on one machine. An even number survives no more than the odd one below it.",
  }),
  postgresPort: port("CALLBOARD_POSTGRES_PORT", 7073, {
    why: "The PostgreSQL that `up` starts, on loopback.",
  }),
  postgresUrl: text("CALLBOARD_POSTGRES_URL", undefined, postgresAddress, {
    why: "The PostgreSQL to use; if set, `up` starts none.",
  }),
  mongoPort: port("CALLBOARD_MONGO_PORT", 7074, {
    why: "The Mongo-wire server that `up` starts, on loopback.",
  }),
  mongoUrl: text("CALLBOARD_MONGO_URL", undefined, mongoAddress, {
    why: "The MongoDB to use; if set, `up` starts none.",
  }),
  demoPortal: oneOf("CALLBOARD_DEMO_PORTAL", ["on", "off"], "on", {
    why: "Whether `up` starts the demo careers site. On, because a first start should show something.",
  }),
  demoAccounts: oneOf("CALLBOARD_DEMO_ACCOUNTS", ["on", "off"], "on", {
    why: "Whether an edge makes the demo accounts and their file. Off where `callboard account` makes real ones.",
  }),
  firstManager: text("CALLBOARD_FIRST_MANAGER", undefined, email, {
    why: "With demo accounts off and no manager yet, an edge makes this one and writes a one-time password to first-manager.json in CALLBOARD_HOME.",
  }),
  demoPortalPort: port("CALLBOARD_DEMO_PORTAL_PORT", 7075, { why: "The demo careers site, on loopback." }),

  // What a match and a review are
  approvalThreshold: wholeNumber(
    "CALLBOARD_APPROVAL_THRESHOLD",
    90,
    { least: 1, most: 100 },
    {
      unit: "%",
      why: "From this score on an application goes out without a person. Lower means more and worse applications.",
    },
  ),
  applyDailyLimit: wholeNumber(
    "CALLBOARD_APPLY_DAILY_LIMIT",
    20,
    { least: 1, most: 10_000 },
    {
      why: "The most applications a day for one candidate at one portal. Portals restrict who sends 30 to 100; 20 stays well below.",
    },
  ),
  applyEveryMs: wholeNumber(
    "CALLBOARD_APPLY_EVERY_MS",
    1_000,
    { least: 0, most: day },
    {
      unit: "ms",
      why: "The pause between two forms at one portal. One second keeps the demo lively; real portals want more.",
    },
  ),
  reviewMinMs: wholeNumber(
    "CALLBOARD_REVIEW_MIN_MS",
    15 * minute,
    { least: 1_000, most: day },
    {
      unit: "ms",
      why: "The shortest time for a review: 15 minutes, twice what a simple one takes.",
    },
  ),
  reviewMaxMs: wholeNumber(
    "CALLBOARD_REVIEW_MAX_MS",
    20 * minute,
    { least: 1_000, most: day },
    {
      unit: "ms",
      why: "The longest time for a review: 20 minutes. Between the two the policy chooses by difficulty.",
    },
  ),
  warnBeforeMs: wholeNumber(
    "CALLBOARD_WARN_BEFORE_MS",
    5 * minute,
    { least: 100, most: day },
    {
      unit: "ms",
      why: "How long before the end the reviewer is warned: 5 minutes, enough to finish a sentence and save.",
    },
  ),
  receiptGraceMs: wholeNumber(
    "CALLBOARD_RECEIPT_GRACE_MS",
    2_000,
    { least: 0, most: minute },
    {
      unit: "ms",
      why: "How much later than the deadline a finished review may arrive: covers the network, not the person.",
    },
  ),
  ackWithinMs: wholeNumber(
    "CALLBOARD_ACK_WITHIN_MS",
    30_000,
    { least: 100, most: day },
    {
      unit: "ms",
      why: "Within this the browser must have received an offer, else it goes to the next person, without a strike.",
    },
  ),
  presenceGraceMs: wholeNumber(
    "CALLBOARD_PRESENCE_GRACE_MS",
    30_000,
    { least: 100, most: day },
    {
      unit: "ms",
      why: "How long a reviewer whose connection broke still counts as signed in: a reload, a tunnel, an edge that restarts.",
    },
  ),

  // How it runs
  portalPollMs: wholeNumber(
    "CALLBOARD_PORTAL_POLL_MS",
    15_000,
    { least: 100, most: day },
    {
      unit: "ms",
      why: "How often each portal is asked for new postings. 15 seconds suits the demo portal; real ones want minutes.",
    },
  ),
  portalsOn: list("CALLBOARD_PORTALS_ON", portalKinds, {
    why: "Kinds of portal that are off because their terms forbid programs (linkedin, indeed, glassdoor), switched on knowingly. Read docs/portals.md first.",
  }),
  portalsOff: list("CALLBOARD_PORTALS_OFF", portalKinds, {
    why: "Kinds of portal that are never asked, such as remoteok. Their boards stay listed and say so.",
  }),
  nodeId: text(
    "CALLBOARD_NODE_ID",
    hostname()
      .replace(/[^A-Za-z0-9_-]/g, "-")
      .slice(0, 48) || "node",
    token,
    {
      why: "This process's name among nodes or edges; unique, and the same after a restart. The machine's name if not set.",
    },
  ),
  kinds: list("CALLBOARD_KINDS", kindNames, {
    why: "The actor kinds that this node hosts. All if not set; name some to let portals and appliers scale apart.",
  }),
  passivateAfterMs: wholeNumber(
    "CALLBOARD_PASSIVATE_AFTER_MS",
    minute,
    { least: 100, most: day },
    {
      unit: "ms",
      why: "An actor idle for this long leaves memory; its next message brings it back.",
    },
  ),
  residentActors: wholeNumber(
    "CALLBOARD_RESIDENT_ACTORS",
    10_000,
    { least: 1, most: 10_000_000 },
    {
      why: "The most actors a node keeps in memory; beyond that the least recently used leave. About 10 kB each.",
    },
  ),
  cookieSecret: secret("CALLBOARD_COOKIE_SECRET", {
    why: "Signs session cookies; the same on all edges. `up` makes one and hands it on.",
  }),
  metricsToken: secret("CALLBOARD_METRICS_TOKEN", {
    why: "Who shows it as a bearer token may read /metrics at an edge. Not set: only programs on the same machine may.",
  }),
  otlpUrl: text("CALLBOARD_OTLP_URL", undefined, webAddress, {
    why: "An OpenTelemetry collector that takes OTLP over HTTP, e.g. http://collector:4318; nodes send it one trace per application. OTEL_EXPORTER_OTLP_ENDPOINT counts if this is not set.",
  }),
  logFormat: oneOf("CALLBOARD_LOG_FORMAT", ["auto", "json", "text"], "auto", {
    why: "How nodes and edges log: auto is plain text on a terminal and JSON lines everywhere else.",
  }),
  logLevel: oneOf("CALLBOARD_LOG_LEVEL", ["error", "warn", "info", "debug"], "info", {
    why: "The least urgent line that is logged.",
  }),
} satisfies Record<string, Setting<unknown>>;

type Read = Values<typeof settings>;

/** All settings, decoded and checked against each other. */
export interface CallboardConfig extends Omit<Read, "publicUrl" | "natsUrl"> {
  readonly publicUrl: string;
  readonly natsUrl: string;
  /** Whether `up` starts the part itself: its address was not given. */
  readonly embedded: { readonly nats: boolean; readonly postgres: boolean; readonly mongo: boolean };
}

/** Each must differ from the others: two servers can't share one. */
const portsOf = (read: Read): [string, number][] => [
  [settings.port.variable, read.port],
  [settings.natsPort.variable, read.natsPort],
  [settings.natsMonitorPort.variable, read.natsMonitorPort],
  [settings.postgresPort.variable, read.postgresPort],
  [settings.mongoPort.variable, read.mongoPort],
  [settings.demoPortalPort.variable, read.demoPortalPort],
];

/** Values that are fine alone and impossible together. */
const checkTogether = (read: Read): void => {
  if (read.reviewMinMs > read.reviewMaxMs) {
    throw new ConfigProblem(
      `CALLBOARD_REVIEW_MIN_MS is ${read.reviewMinMs}; allowed is at most CALLBOARD_REVIEW_MAX_MS, which is ${read.reviewMaxMs}. Change one of them.`,
    );
  }
  if (read.warnBeforeMs >= read.reviewMinMs) {
    throw new ConfigProblem(
      `CALLBOARD_WARN_BEFORE_MS is ${read.warnBeforeMs}; allowed is less than CALLBOARD_REVIEW_MIN_MS, which is ${read.reviewMinMs}. Change one of them.`,
    );
  }
  const taken = new Map<number, string>();
  for (const [variable, number] of portsOf(read)) {
    const other = taken.get(number);
    if (other !== undefined) {
      throw new ConfigProblem(
        `${variable} is ${number}, and so is ${other}; allowed are different ports. Change one of them.`,
      );
    }
    taken.set(number, variable);
  }
};

/**
 * Reads all settings from `env` (default: this process's). Called once per process, by the command line and by tests.
 * Throws {@link ConfigProblem} with one line for the first bad value.
 */
export const readConfig = (env: Record<string, string | undefined> = process.env): CallboardConfig => {
  const entries = Object.entries(settings).map(([key, setting]) => [key, readSetting<unknown>(setting, env)]);
  // The table's own types say what each key reads as; Object.entries forgets them.
  const read = Object.fromEntries(entries) as Read;
  checkTogether(read);
  return {
    ...read,
    home: resolve(read.home),
    otlpUrl: read.otlpUrl ?? env.OTEL_EXPORTER_OTLP_ENDPOINT,
    publicUrl: read.publicUrl ?? `http://${read.host === "0.0.0.0" ? "127.0.0.1" : read.host}:${read.port}`,
    natsUrl: read.natsUrl ?? `nats://127.0.0.1:${read.natsPort}`,
    embedded: {
      nats: read.natsUrl === undefined,
      postgres: read.postgresUrl === undefined,
      mongo: read.mongoUrl === undefined,
    },
  };
};

/** Variables that look like settings and are none: most likely misspelt. */
export const unknownSettings = (env: Record<string, string | undefined> = process.env): string[] => {
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  return Object.keys(env)
    .filter((name) => name.startsWith("CALLBOARD_") && !known.has(name))
    .sort();
};

/** The README's table, one row per setting, in the order of this file. */
export const configTable = (): {
  variable: string;
  default: string;
  unit: string;
  allowed: string;
  why: string;
}[] =>
  Object.values(settings).map(({ variable, fallback, unit, allowed, why }: Setting<unknown>) => ({
    variable,
    default: settingDefault(variable, fallback),
    unit,
    allowed,
    why,
  }));

/** Defaults that depend on the machine are told in words. */
const settingDefault = (variable: string, fallback: unknown): string => {
  if (variable === settings.home.variable) return "`.callboard` in the clone";
  if (variable === settings.nodeId.variable) return "the machine's name";
  return fallback === undefined ? "not set" : String(fallback);
};
