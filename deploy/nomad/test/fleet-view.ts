/** A running fleet from outside: who owns what by its figures, what happened by its streams, what arrived by the demo portal. */
import type { NatsConnection } from "@nats-io/transport-node";
import type { StoredFact } from "../../../protocols/event.ts";
import { streams } from "../../../protocols/subjects.ts";
import { gatherFigures } from "../../../supervisors/observe/figures.ts";
import { streamMessages } from "../../local/testkit/stream-messages.ts";
import { until } from "./steps.ts";

const facts = async (nc: NatsConnection) =>
  (await streamMessages(nc, streams.events)).map((message) => message.json<StoredFact>());
const count = (all: readonly StoredFact[], type: string) => all.filter((fact) => fact.type === type).length;

/** Partitions of a kind by the node that owns them. */
async function owners(nc: NatsConnection, kind: string): Promise<Map<string, number>> {
  const { page } = await gatherFigures(nc);
  const found = page.matchAll(/^callboard_owned_partitions\{([^}]*)\} (\d+)$/gm);
  return new Map(
    [...found]
      .filter(([, labels = ""]) => labels.includes(`kind="${kind}"`))
      .map(([, labels = "", owned]) => [/node="([^"]+)"/.exec(labels)?.[1] ?? "", Number(owned)]),
  );
}

/** Waits until just these nodes own all 16 partitions of a kind, each its share. @returns the shares, in words */
export const spread = (nc: NatsConnection, kind: string, nodes: readonly string[]) =>
  until(`${nodes.join(", ")} own the partitions of ${kind}`, async () => {
    const owned = [...(await owners(nc, kind))].filter(([, partitions]) => partitions > 0);
    const whole = owned.reduce((sum, [, partitions]) => sum + partitions, 0) === 16;
    return whole && owned.length === nodes.length && owned.every(([name]) => nodes.includes(name))
      ? owned.map(([name, partitions]) => `${name} ${partitions}`).join(", ")
      : null;
  });

export const submitted = (nc: NatsConnection, least: number) =>
  until(`${least} applications submitted`, async () => {
    const sent = count(await facts(nc), "ApplicationSubmitted");
    return sent >= least ? `${sent} submitted` : null;
  });

const ask = async (site: string, path: string): Promise<unknown> =>
  (await fetch(`${site}/__control/${path}`)).json();

interface Posting {
  readonly jobId: string;
  readonly openingId: string;
  readonly absurdity?: unknown;
}

/** @param site the demo portal's address */
export async function allDone(nc: NatsConnection, site: string): Promise<string> {
  const postings = (await ask(site, "postings")) as Posting[];
  const openings = new Set(postings.filter(({ absurdity }) => !absurdity).map(({ openingId }) => openingId));
  return until("every posting is matched and no application is owed its next step", async () => {
    const all = await facts(nc);
    const last = new Map<string, string>();
    for (const fact of all) if ("application" in fact) last.set(fact.application, fact.type);
    const owed = [...last.values()].filter((type) => /^Application(Scored|Approved)$/.test(type)).length;
    const listed = count(all, "JobListed");
    return listed >= openings.size && count(all, "JobMatched") === listed && owed === 0
      ? `${listed} jobs, ${last.size} applications`
      : null;
  });
}

/** By the demo portal's own records. @throws with the numbers if something is lost, or there twice */
export async function nothingLostOrTwice(nc: NatsConnection, site: string): Promise<string> {
  const all = await facts(nc);
  const postings = (await ask(site, "postings")) as Posting[];
  const opening = new Map(postings.map(({ jobId, openingId }) => [String(jobId), openingId]));
  const received = (await ask(site, "applications")) as { email: string; jobId: string }[];
  const keys = new Set(received.map(({ email, jobId }) => `${email} ${opening.get(String(jobId))}`));
  const confirmed = count(all, "ApplicationSubmitted");
  const uncertain = count(all, "ApplicationUncertain");
  const refused = ((await ask(site, "refused")) as unknown[]).length;
  const dead = (await streamMessages(nc, streams.dead)).length;
  const outcome =
    `portal has ${received.length}, ${received.length - keys.size} twice, ${refused} refused; ` +
    `we say ${confirmed} submitted, ${uncertain} uncertain, ${dead} dead letters`;
  const sound =
    keys.size === received.length &&
    refused === 0 &&
    received.length >= confirmed &&
    received.length <= confirmed + uncertain &&
    confirmed > 0;
  if (!sound) throw new Error(outcome);
  return outcome;
}
