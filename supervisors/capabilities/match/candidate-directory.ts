/** Who looks for work in a region: the profiles that candidate actors publish to the KV bucket `candidates`. */
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { encodeToken } from "../../../protocols/address.ts";
import { CandidateProfile } from "../../../protocols/candidate.ts";
import { buckets } from "../../../protocols/subjects.ts";

export interface CandidateDirectory {
  /** Profiles that can't be read are left out and counted. */
  inRegion(region: string): Promise<{ profiles: readonly CandidateProfile[]; unreadable: number }>;
  /** The newest record of one; null if there is none that can be read. */
  one(id: string): Promise<CandidateProfile | null>;
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(CandidateProfile));

/** Postings come in bursts; within this time they share one reading of the bucket. */
const freshForMs = 1_000;

export function createCandidateDirectory(nc: NatsConnection): CandidateDirectory {
  const kvm = new Kvm(nc);
  let reading: Promise<readonly (CandidateProfile | null)[]> | undefined;
  let readAt = 0;

  const readAll = async () => {
    const kv = await kvm.open(buckets.candidates);
    const latest = new Map<string, CandidateProfile | null>();
    for await (const entry of await kv.history({ key: ">" })) {
      if (entry.operation !== "PUT") latest.delete(entry.key);
      else {
        const profile = decode(entry.string());
        latest.set(entry.key, profile._tag === "Some" ? profile.value : null);
      }
    }
    return [...latest.values()];
  };

  return {
    async one(id) {
      const entry = await (await kvm.open(buckets.candidates)).get(encodeToken(id));
      const profile = entry?.operation === "PUT" ? decode(entry.string()) : undefined;
      return profile?._tag === "Some" ? profile.value : null;
    },
    async inRegion(region) {
      if (reading === undefined || Date.now() - readAt > freshForMs) {
        readAt = Date.now();
        reading = readAll();
        reading.catch(() => {
          reading = undefined; // The next one reads again.
        });
      }
      const all = await reading;
      return {
        profiles: all.filter((one) => one !== null).filter((one) => one.region === region),
        unreadable: all.filter((one) => one === null).length,
      };
    },
  };
}
