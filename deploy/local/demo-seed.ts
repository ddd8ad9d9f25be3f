/**
 * What makes the demo begin by itself: the six candidates with their résumés, then the demo portal's boards. Every message
 * carries an id and every actor knows a repeat, so that each start may say it all again.
 */
import { jetstream } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { Objm } from "@nats-io/obj";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { addressOf, encodeToken } from "../../protocols/address.ts";
import { buckets, objectStores, subjects } from "../../protocols/subjects.ts";
import type { CallboardConfig } from "../../supervisors/config.ts";
import { loadDemoCandidates, profileOf } from "./demo-candidates/candidates.ts";
import { demoBoards } from "./demo-portal/demo-boards.ts";

const registeredWithinMs = 20_000;

/**
 * Resolves when the candidates are registered and the boards are being watched.
 * @param companies whose boards; default: all
 */
export async function seedDemo(
  config: Pick<CallboardConfig, "natsUrl" | "demoPortalPort" | "portalPollMs">,
  credentials: { readonly user: string; readonly pass: string },
  companies?: readonly string[],
): Promise<void> {
  const nc = await connect({ servers: config.natsUrl.split(","), ...credentials, name: "demo-seed" });
  try {
    const ids = await registerCandidates(nc);
    // A job that is found before its candidates are known would be matched against nobody.
    await allRegistered(nc, ids);
    for (const board of demoBoards(`http://127.0.0.1:${config.demoPortalPort}`, companies))
      await tell(nc, addressOf("portal", board.portal), {
        type: "Watch",
        board,
        pollEveryMs: config.portalPollMs,
      });
  } finally {
    await nc.close();
  }
}

/** The six of the demo, with their résumés; @returns their ids. */
export async function registerCandidates(nc: NatsConnection): Promise<string[]> {
  const resumes = await new Objm(nc).open(objectStores.resumes);
  const candidates = loadDemoCandidates();
  for (const candidate of candidates) {
    const resumeVersion = `${candidate.id}/base`;
    const known = await resumes.info(resumeVersion);
    if (known === null)
      await resumes.putBlob(
        { name: resumeVersion },
        new TextEncoder().encode(JSON.stringify(candidate.resume)),
      );
    await tell(nc, addressOf("candidate", candidate.id), {
      type: "Register",
      profile: profileOf(candidate, resumeVersion),
    });
  }
  return candidates.map(({ id }) => id);
}

async function allRegistered(nc: NatsConnection, ids: readonly string[]) {
  const profiles = await new Kvm(nc).open(buckets.candidates);
  const deadline = Date.now() + registeredWithinMs;
  for (const id of ids)
    while ((await profiles.get(encodeToken(id))) === null) {
      if (Date.now() > deadline)
        throw new Error(
          `The candidate ${id} was not registered within ${registeredWithinMs} ms: look into the node's log.`,
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

const tell = (nc: NatsConnection, address: string, message: unknown) =>
  jetstream(nc).publish(subjects.mailbox(address), JSON.stringify(message));
