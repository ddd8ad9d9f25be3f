/**
 * Reads an object by direct questions alone, as an edge has to: the client's own reader makes a consumer. The layout is that of
 * NATS' object store (ADR-20): the newest word about a name, and its chunks under the id which that names.
 */
import { createHash } from "node:crypto";
import type { JetStreamManager } from "@nats-io/jetstream";
import { Schema } from "effect";
import { readDirect } from "./storage/read-direct.ts";

const Meta = Schema.Struct({
  nuid: Schema.String,
  chunks: Schema.Int,
  digest: Schema.String,
  deleted: Schema.optional(Schema.Boolean),
});
const decodeMeta = Schema.decodeUnknownSync(Schema.fromJsonString(Meta));

/** With padding, as the object store writes it. */
const base64url = (bytes: Buffer) => bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_");

/** @returns null if there is none of this name. @throws Error if some of it is missing or other than it was put. */
export async function readObject(
  jsm: JetStreamManager,
  store: string,
  name: string,
): Promise<Uint8Array | null> {
  const stream = `OBJ_${store}`;
  const stored = await jsm.direct.getMessage(stream, {
    last_by_subj: `$O.${store}.M.${base64url(Buffer.from(name, "latin1"))}`,
  });
  if (stored === null) return null;
  const { nuid, chunks, digest, deleted } = decodeMeta(stored.string());
  if (deleted === true) return null;
  const parts: Uint8Array[] = [];
  for (let next = 1, count = -1; parts.length < chunks && parts.length > count; ) {
    count = parts.length;
    const batch = await readDirect(jsm, stream, {
      seq: next,
      next_by_subj: `$O.${store}.C.${nuid}`,
      batch: chunks - count,
    });
    for (const { seq, data } of batch) {
      parts.push(data);
      next = seq + 1;
    }
  }
  const bytes = Buffer.concat(parts);
  const found = `SHA-256=${base64url(createHash("sha256").update(bytes).digest())}`;
  if (parts.length !== chunks || found !== digest)
    throw new Error(`The object ${name} of ${store} is damaged or not whole.`);
  return bytes;
}
