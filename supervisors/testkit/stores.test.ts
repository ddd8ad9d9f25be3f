/** The two stores that tests run on. */
import { MongoClient } from "mongodb";
import postgres from "postgres";
import { expect, test } from "vitest";
import { startMongo } from "./mongo.ts";
import { startPostgres } from "./postgres.ts";

const quiet = { max: 1, onnotice: () => {} };

test("PostgreSQL starts, and what was committed outlives a kill -9", async () => {
  const server = await startPostgres();
  try {
    const before = postgres(server.url, quiet);
    await before`create table kept (word text)`;
    await before`insert into kept values ('résumé')`;
    await server.kill();
    await before.end({ timeout: 0 });
    await server.restart();
    const after = postgres(server.url, quiet);
    expect(await after`select word from kept`).toEqual([{ word: "résumé" }]);
    await after.end();
  } finally {
    await server.stop();
  }
});

test("the Mongo-wire server starts, and is empty after a restart", async () => {
  const server = await startMongo();
  try {
    const before = await new MongoClient(server.url).connect();
    await before.db("t").collection("postings").insertOne({ title: "Engineer" });
    expect(await before.db("t").collection("postings").countDocuments({})).toBe(1);
    await before.close();
    await server.restart();
    const after = await new MongoClient(server.url).connect();
    expect(await after.db("t").collection("postings").countDocuments({})).toBe(0);
    await after.close();
  } finally {
    await server.stop();
  }
});
