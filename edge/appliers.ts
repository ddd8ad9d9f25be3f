/** The bots, one per portal: whether each sends forms or only fills them, as its actor says it. */
import { Schema } from "effect";
import { addressOf } from "../protocols/address.ts";
import { type ApplierMode, ApplierReply } from "../protocols/applier.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { commandActor } from "./command.ts";
import { notFound } from "./problem.ts";

const decodeReply = Schema.decodeUnknownSync(ApplierReply);

export interface Appliers {
  /** @throws Refusal 404 if no portal of this name was ever polled: asking would create its actor. */
  describe(portal: string): Promise<ApplierReply>;
  switchMode(portal: string, mode: ApplierMode, by: string, reason: string): Promise<void>;
}

export const createAppliers = (link: EdgeLink): Appliers => {
  const requirePortal = async (portal: string) => {
    const known = await Promise.all(
      ["PortalPolled", "PortalBlocked", "PortalChanged"].map((type) => link.lastFact(type, portal)),
    );
    if (known.every((one) => one === null)) throw notFound("such portal");
  };
  return {
    describe: async (portal) => {
      await requirePortal(portal);
      return decodeReply(
        await link.ask(addressOf("applier", portal), { type: "Describe" }, { onlyReads: true }),
      );
    },
    switchMode: async (portal, mode, by, reason) => {
      await requirePortal(portal);
      const message = { type: "SwitchMode", mode, by, reason } as { type: string };
      await commandActor(link, addressOf("applier", portal), message);
    },
  };
};
