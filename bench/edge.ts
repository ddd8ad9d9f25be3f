/**
 * `npm run bench:edge`: one edge under load, as a table. It holds sockets (20,000, or what this machine's file limit allows), half
 * as many employees are online, reviews are offered at 200/s, and the edge is killed so that everybody comes back at once.
 * `npm run bench:edge -- small` does the same with a tenth, in less than two minutes. Only loopback; nothing else may listen.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { proposal } from "../edge/testkit/proposal.ts";
import { addressOf } from "../protocols/address.ts";
import { streams, subjects } from "../protocols/subjects.ts";
import { migrate, openPostgres } from "../supervisors/storage/postgres/open-postgres.ts";
import { freePort } from "../supervisors/testkit/free-port.ts";
import { startNats } from "../supervisors/testkit/nats.ts";
import { startPostgres } from "../supervisors/testkit/postgres.ts";
import type { Report } from "./edge/crowd.ts";
import { costOf, ended, fileLimit, startCrowd, startEdge, startNode } from "./edge/processes.ts";

const scale = process.argv.includes("small") ? 0.1 : 1;
const wanted = 20_000 * scale;
/** The edge has some files open besides. */
const sockets = Math.min(wanted, Math.floor((fileLimit - 400) / 2) * 2);
const employees = sockets / 2;
const offersPerSecond = 200;
const offerSeconds = scale === 1 ? 10 : 5;
const secret = randomBytes(24).toString("hex");
const count = (value: number) => Math.round(value).toLocaleString("en");
const say = (text: string) => process.stdout.write(`${text}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const [nats, pg, home, port] = await Promise.all([
  startNats(),
  startPostgres(),
  mkdtemp(join(tmpdir(), "callboard-bench-edge-")),
  freePort(),
]);
const sql = openPostgres(pg.url, 2);
await migrate(sql);
const node = await startNode(nats.connection());
const nc = await connect(nats.connection());
const env = {
  CALLBOARD_HOME: home,
  CALLBOARD_PORT: String(port),
  CALLBOARD_NATS_URL: `nats://127.0.0.1:${nats.port}`,
  CALLBOARD_NATS_USER: "edge",
  CALLBOARD_NATS_PASSWORD: nats.passwords.edge,
  CALLBOARD_POSTGRES_URL: pg.url,
  CALLBOARD_COOKIE_SECRET: secret,
  CALLBOARD_DEMO_ACCOUNTS: "off",
  CALLBOARD_LOG_LEVEL: "error",
};
const crowds = [startCrowd(), startCrowd()];
const perCrowd = sockets / crowds.length;
let edge = await startEdge(env, port);

/** Sessions without 10,000 logins: the bench is about sockets, and an Argon2 hash takes 30 ms. */
const cookies: string[] = [];
for (let n = 0; n < employees; n += 1_000) {
  const ids = Array.from({ length: Math.min(1_000, employees - n) }, () =>
    randomBytes(24).toString("base64url"),
  );
  const people = ids.map((_, i) => `e${n + i}`);
  await sql`insert into account (id, email, name, role, password_hash)
    select id, id || '@bench.example', id, 'employee', '' from unnest(${people}::text[]) id`;
  await sql`insert into session (id_hash, account, expires_at)
    select decode(hash, 'hex'), account, now() + interval '1 hour' from unnest(
      ${ids.map((id) => createHash("sha256").update(id).digest("hex"))}::text[], ${people}::text[]) as s (hash, account)`;
  for (const id of ids)
    cookies.push(`callboard_session=${id}.${createHmac("sha256", secret).update(id).digest("base64url")}`);
}

const total = async (): Promise<Report> => {
  const [first, ...others] = await Promise.all(crowds.map((crowd) => crowd.report()));
  if (first === undefined) throw new Error("unreachable: there are crowds.");
  return others.reduce(
    (sum, one) => ({
      open: sum.open + one.open,
      refused: sum.refused + one.refused,
      knowMe: sum.knowMe + one.knowMe,
      signedIn: sum.signedIn + one.signedIn,
      beats: sum.beats + one.beats,
      offered: { ...one.offered, ...sum.offered },
      struck: sum.struck + one.struck,
      signedOut: sum.signedOut + one.signedOut,
      lost: sum.lost + one.lost,
      errors: [...sum.errors, ...one.errors],
    }),
    first,
  );
};
/** Seconds until it is so. */
const until = async (what: string, isSo: (now: Report) => boolean, limitSeconds: number): Promise<number> => {
  const begun = performance.now();
  for (;;) {
    const now = await total();
    if (isSo(now)) return (performance.now() - begun) / 1_000;
    if (performance.now() - begun > limitSeconds * 1_000)
      throw new Error(
        `${what}: not within ${limitSeconds} s. ${JSON.stringify({ ...now, offered: Object.keys(now.offered).length })}`,
      );
    await pause(100);
  }
};
const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;
const row = (what: string, seen: string, target: string) => say(`| ${what} | ${seen} | ${target} |`);

say(
  `${count(sockets)} sockets of ${count(employees)} employees${sockets < wanted ? ` (20,000 wanted; this machine allows ${count(fileLimit)} files per process)` : ""}\n`,
);
say("| what | measured | target |\n| --- | --- | --- |");
try {
  const empty = costOf(edge.pid);
  // Two tabs of each.
  crowds.forEach((crowd, i) => {
    const own = cookies.slice((i * employees) / crowds.length, ((i + 1) * employees) / crowds.length);
    crowd.tell({ type: "open", port, cookies: own, count: perCrowd, withinMs: 8_000 * Math.max(scale, 0.2) });
  });
  const opened = await until("sockets open", ({ knowMe }) => knowMe === sockets, 120);
  row("all sockets open, each with its state", `${opened.toFixed(1)} s (${count(sockets / opened)}/s)`, "");
  const full = costOf(edge.pid);
  row(
    "the edge's memory",
    `${count(full.mib)} MiB (${(((full.mib - empty.mib) * 1024) / sockets).toFixed(1)} KiB per socket)`,
    "< 1,024 MiB",
  );

  for (const crowd of crowds)
    crowd.tell({ type: "sign-in", count: employees / crowds.length, withinMs: 8_000 * Math.max(scale, 0.2) });
  const online = await until("employees online", ({ signedIn }) => signedIn >= employees, 180);
  row("all employees signed in", `${online.toFixed(1)} s (${count(employees / online)}/s)`, "");
  await pause(3_000); // What that has set going comes to rest.
  const restBegin = costOf(edge.pid);
  await pause(16_000);
  const rest = costOf(edge.pid);
  row(
    "CPU with everybody online and nothing to do",
    `${(((rest.cpuSeconds - restBegin.cpuSeconds) / 16) * 100).toFixed(1)} % of a core`,
    "< 5 %",
  );

  const js = jetstream(nc);
  const candidate = { id: "ada", name: "Ada", email: "ada@bench.example" };
  const proposedAt = new Map<string, number>();
  const offers = Math.min(offersPerSecond * offerSeconds, employees / 2);
  const begun = performance.now();
  for (let n = 0; n < offers; n++) {
    const wait = begun + (n / offersPerSecond) * 1_000 - performance.now();
    if (wait > 1) await pause(wait);
    const application = `bench-${n}`;
    proposedAt.set(application, performance.timeOrigin + performance.now());
    void js.publish(
      subjects.mailbox(addressOf("application", application)),
      JSON.stringify(proposal(candidate, application)),
    );
  }
  await until("offers", ({ offered }) => Object.keys(offered).length >= offers, 60).catch((error) =>
    say(`| ${error} | | |`),
  );
  const { offered } = await total();
  const took = Object.entries(offered).map(([application, [at]]) => at - (proposedAt.get(application) ?? at));
  const shown = Object.values(offered).map(([at, assignedAt]) => at - assignedAt);
  row(
    `from the score to the employee's screen, ${count(took.length)} at ${offersPerSecond}/s`,
    `p50 ${quantile(took, 0.5).toFixed(0)} ms, p99 ${quantile(took, 0.99).toFixed(0)} ms, most ${quantile(took, 1).toFixed(0)} ms`,
    "p99 < 100 ms",
  );
  row(
    "of that, from the assignment to the screen: the clock's turn, the edge, the socket",
    `p50 ${quantile(shown, 0.5).toFixed(0)} ms, p99 ${quantile(shown, 0.99).toFixed(0)} ms`,
    "",
  );

  for (const crowd of crowds) crowd.tell({ type: "return", baseMs: 1_000, capMs: 10_000 });
  await edge.kill();
  const killedAt = performance.now();
  edge = await startEdge(env, port);
  const cpuBefore = costOf(edge.pid).cpuSeconds;
  await until("everybody back", ({ knowMe }) => knowMe === sockets, 120);
  const back = (performance.now() - killedAt) / 1_000;
  row(
    `kill -9 of the edge: all ${count(sockets)} sockets back, each with its state`,
    `${back.toFixed(1)} s`,
    "10,000 within 20 s",
  );
  row(
    "CPU of the new edge meanwhile",
    `${(((costOf(edge.pid).cpuSeconds - cpuBefore) / back) * 100).toFixed(0)} % of a core`,
    "< 80 %",
  );
  const facts = await (await jetstreamManager(nc)).streams.info(streams.events, {
    subjects_filter: subjects.allEvents,
  });
  const said = (type: string) =>
    Object.entries(facts.state.subjects ?? {}).reduce(
      (sum, [subject, n]) => sum + (subject.startsWith(`callboard.event.${type}.`) ? n : 0),
      0,
    );
  row(
    "strikes, and employees who went away by it",
    `${said("StrikeRecorded")}, ${said("EmployeeSignedOut")}`,
    "0, 0",
  );
  row("memory of the new edge", `${count(costOf(edge.pid).mib)} MiB`, "< 1,024 MiB");
  const { errors } = await total();
  if (errors.length > 0) say(`\nwhat clients met: ${errors.join("; ")}`);
} catch (error) {
  say(`\n${error}\nThe edge said last:\n${edge.said()}`);
  process.exitCode = 1;
} finally {
  await Promise.all(crowds.map((crowd) => crowd.end()));
  await edge.kill();
  await ended(node, "SIGKILL");
  await nc.close();
  await sql.end({ timeout: 1 });
  await Promise.all([nats.stop(), pg.stop()]);
  await rm(home, { recursive: true, force: true });
}
