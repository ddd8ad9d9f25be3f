/**
 * Vectors kept in Postgres, so that no node computes a sentence that another has computed, and none starts cold. A cache and
 * no more: it is bounded, it may be dropped at any time, and where the database is away the encoder computes.
 */
import { createHash } from "node:crypto";
import type { Database } from "../../storage/postgres/open-postgres.ts";

export interface VectorStore {
  /** The vectors that are there, by sentence. Never rejects. */
  find(encoder: string, sentences: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** Notes it down soon. */
  keep(encoder: string, sentence: string, vector: Float32Array): void;
  /** Writes what is noted. */
  close(): Promise<void>;
}

export interface VectorStoreSettings {
  /** Rows at most; 2.2 KB each with its key. 100,000 are the sentences of about 3,000 postings, 220 MB. */
  readonly mostRows?: number;
  readonly warn?: (line: string) => void;
}

const writeEveryMs = 1_000;
/** A few hundred rows come in milliseconds; computing them takes a second. */
const answersWithinMs = 1_000;
const mostNoted = 5_000;
const rowsPerStatement = 500;

export function createVectorStore(
  sql: Database,
  { mostRows = 100_000, warn = console.warn }: VectorStoreSettings = {},
): VectorStore {
  const noted = new Map<
    string,
    { readonly encoder: string; readonly hash: string; readonly vector: string }
  >();
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let written = 0;
  let trouble = 0;

  /** Said once in a while: a database that is away is told of elsewhere, too. */
  const missed = (error: unknown) => {
    trouble += 1;
    if (trouble === 1 || trouble % 1_000 === 0)
      warn(`Sentence vectors are not kept in the database (${trouble} times): ${error}`);
  };

  const write = async () => {
    while (noted.size > 0) {
      const rows = [...noted].slice(0, rowsPerStatement);
      for (const [key] of rows) noted.delete(key);
      const values = rows.map(([, row]) => row);
      await sql`insert into sentence_vector (encoder, hash, vector)
        select encoder, decode(hash, 'hex'), decode(vector, 'hex')
        from unnest(${values.map((row) => row.encoder)}::text[], ${values.map((row) => row.hash)}::text[], ${values.map((row) => row.vector)}::text[])
          as noted (encoder, hash, vector)
        on conflict (encoder, hash) do nothing`;
      written += rows.length;
    }
    if (written < mostRows / 20) return;
    written = 0;
    await sql`delete from sentence_vector where number <= (select max(number) from sentence_vector) - ${mostRows}`;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = (writing ?? Promise.resolve()).then(write).catch(missed);
    return writing;
  };

  return {
    async find(encoder, sentences) {
      const found = new Map<string, Float32Array>();
      try {
        const byHash = new Map(sentences.map((sentence) => [hashOf(sentence), sentence]));
        const hashes = [...byHash.keys()];
        for (let at = 0; at < hashes.length; at += rowsPerStatement) {
          const some = hashes.slice(at, at + rowsPerStatement);
          const asked = sql<{ hash: string; vector: Buffer }[]>`
            select encode(hash, 'hex') as hash, vector from sentence_vector
            where encoder = ${encoder} and hash in (select decode(one, 'hex') from unnest(${some}::text[]) one)`;
          const rows = await soonEnough(asked);
          for (const { hash, vector } of rows) {
            const sentence = byHash.get(hash);
            if (sentence !== undefined) found.set(sentence, floatsOf(vector));
          }
        }
      } catch (error) {
        missed(error);
      }
      return found;
    },
    keep(encoder, sentence, vector) {
      const hash = hashOf(sentence);
      // More than can be written is not kept: it will be computed again.
      if (noted.size < mostNoted)
        noted.set(`${encoder} ${hash}`, {
          encoder,
          hash,
          vector: Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("hex"),
        });
      timer ??= setTimeout(flush, writeEveryMs).unref();
    },
    close: () => flush(),
  };
}

/** A database that is away lets every question wait; computing is quicker then. */
async function soonEnough<A>(answer: PromiseLike<A>): Promise<A> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database has not answered in time")), answersWithinMs);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const hashOf = (sentence: string) => createHash("sha256").update(sentence).digest("hex");

/** A copy, since the driver's buffer may begin at an address that floats can't have. */
const floatsOf = (bytes: Buffer) => new Float32Array(Uint8Array.from(bytes).buffer);
