/** Résumé versions out of the object store. A version never changes, so what was read once is kept (the newest few). */
import { Objm } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { Schema } from "effect";
import { JsonResume } from "../../../protocols/json-resume.ts";
import { objectStores } from "../../../protocols/subjects.ts";

export interface ResumeStore {
  /** @throws ResumeUnreadable if there is none under this version, or it is no résumé. */
  read(version: string): Promise<JsonResume>;
}

/** The version itself is at fault; another try finds the same. */
export class ResumeUnreadable extends Error {
  override readonly name = "ResumeUnreadable";
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(JsonResume));
const maxKept = 500;

export function createResumeStore(nc: NatsConnection): ResumeStore {
  const objm = new Objm(nc);
  const kept = new Map<string, JsonResume>();
  return {
    async read(version) {
      const before = kept.get(version);
      if (before !== undefined) return before;
      const store = await objm.open(objectStores.resumes);
      const bytes = await store.getBlob(version);
      if (bytes === null) throw new ResumeUnreadable(`There is no résumé "${version}" in the store.`);
      let resume: JsonResume;
      try {
        resume = decode(new TextDecoder().decode(bytes));
      } catch (cause) {
        throw new ResumeUnreadable(`The résumé "${version}" is no JSON Resume document.`, { cause });
      }
      kept.set(version, resume);
      const oldest = kept.keys().next().value;
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
      return resume;
    },
  };
}
