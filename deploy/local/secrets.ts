/**
 * The passwords and keys of this installation: made fresh on the first start, kept in one file that only its owner can
 * read, handed to each process by environment, and to each only its own.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Effect, Result, Schema } from "effect";

const Password = Schema.String.check(Schema.isPattern(/^[A-Za-z][A-Za-z0-9]{15,}$/));

const Secrets = Schema.Struct({
  nats: Schema.Struct({ actors: Password, edge: Password, ops: Password }),
  postgres: Password,
  cookie: Password,
});
export type Secrets = typeof Secrets.Type;

const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Secrets));

/** 128 bits; a letter first, because the broker's configuration reads what begins with a digit as a number. */
const fresh = (): string => `k${randomBytes(16).toString("hex")}`;

export const secretsFile = (home: string): string => join(home, "secrets.json");

/** Reads the secrets of `home`; undefined if there are none yet. Throws one clear line if the file is damaged. */
export const readSecrets = async (home: string): Promise<Secrets | undefined> => {
  const file = secretsFile(home);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(
      `${file} can't be read (${error.code}): it belongs to the user who started Callboard first.`,
    );
  });
  if (text === undefined) return undefined;
  const result = Effect.runSync(Effect.result(decode(text)));
  if (Result.isSuccess(result)) return result.success;
  throw new Error(
    `${file} is damaged: put back a copy. (Removing it makes new secrets, but PostgreSQL's data keep the old password, so ${join(home, "postgres")} must go with it.)`,
  );
};

/** Reads the secrets of `home`, making them first if there are none. All who start at once agree on one set. */
export const loadSecrets = async (home: string): Promise<Secrets> => {
  const existing = await readSecrets(home);
  if (existing) return existing;
  const made: Secrets = {
    nats: { actors: fresh(), edge: fresh(), ops: fresh() },
    postgres: fresh(),
    cookie: fresh(),
  };
  await mkdir(home, { recursive: true });
  // Not named by the process: two calls of one, or two containers with one volume, may have the same number.
  const half = `${secretsFile(home)}.${randomUUID()}`;
  await writeFile(half, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  await chmod(half, 0o600);
  try {
    await link(half, secretsFile(home)); // Unlike a rename it fails if somebody else was first.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(half, { force: true });
  }
  return (await readSecrets(home)) ?? made;
};
