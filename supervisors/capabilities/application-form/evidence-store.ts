/** Screenshots and field maps of submissions: objects `<application>/<attempt>-<step>` in the store `evidence`. */
import { Objm } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { objectStores } from "../../../protocols/subjects.ts";

export interface EvidenceStore {
  /** Returns the key once it is stored. */
  put(key: string, content: Uint8Array | string): Promise<string>;
}

export function createEvidenceStore(nc: NatsConnection): EvidenceStore {
  const objm = new Objm(nc);
  return {
    async put(key, content) {
      const store = await objm.open(objectStores.evidence);
      await store.putBlob(
        { name: key },
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
      return key;
    },
  };
}
