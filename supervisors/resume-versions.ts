/**
 * Résumé documents as versions in the object store, named by what they say: saved twice they are one version, and whoever asks for
 * one to be stored can neither overwrite another nor choose its name.
 */
import { createHash } from "node:crypto";
import { Objm } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { objectStores } from "../protocols/subjects.ts";

/** @returns the version's name: `<candidate>/<first 24 hex digits of the document's SHA-256>` */
export async function storeResumeVersion(
  nc: NatsConnection,
  candidate: string,
  document: string,
): Promise<string> {
  const bytes = new TextEncoder().encode(document);
  const version = `${candidate}/${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}`;
  const store = await new Objm(nc).open(objectStores.resumes);
  if ((await store.info(version)) === null) await store.putBlob({ name: version }, bytes);
  return version;
}
