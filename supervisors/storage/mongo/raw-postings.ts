/**
 * Postings as they were scraped, in Mongo: one document per portal and external id, the newest version of it, with the
 * position in the JOBS stream beside. Data first, position after: what a crash does twice is the same document again.
 */
import { MongoClient } from "mongodb";

interface RawDocument {
  readonly _id: string;
  readonly portal: string;
  readonly externalId: string;
  /** Sequence in the JOBS stream. */
  readonly seq: number;
  readonly posting: unknown;
}

interface PositionDocument {
  readonly _id: string;
  readonly position: number;
}

const positionId = "raw-postings";

export interface RawPostings {
  /** Last sequence that was kept; 0 for an empty server: then everything is read again. */
  position(): Promise<number>;
  keep(documents: readonly Omit<RawDocument, "_id">[], position: number): Promise<void>;
  close(): Promise<void>;
}

/** Connects at the first use; a server that does not answer within 3 s is an error of that use. */
export const openRawPostings = (url: string): RawPostings => {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: 3_000,
    connectTimeoutMS: 3_000,
    socketTimeoutMS: 15_000,
    maxPoolSize: 4,
  });
  const db = client.db("callboard");
  const postings = db.collection<RawDocument>("raw_postings");
  const positions = db.collection<PositionDocument>("positions");
  return {
    position: async () => (await positions.findOne({ _id: positionId }))?.position ?? 0,
    keep: async (documents, position) => {
      const newest = new Map(
        documents.map((document) => [`${document.portal}/${document.externalId}`, document]),
      );
      if (newest.size > 0)
        await postings.bulkWrite(
          [...newest].map(([id, document]) => ({
            replaceOne: { filter: { _id: id }, replacement: { ...document }, upsert: true },
          })),
        );
      await positions.replaceOne({ _id: positionId }, { position }, { upsert: true });
    },
    close: () => client.close(),
  };
};
