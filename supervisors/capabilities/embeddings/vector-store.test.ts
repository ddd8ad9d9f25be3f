import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, migrate, openPostgres } from "../../storage/postgres/open-postgres.ts";
import { startPostgres, type TestPostgres } from "../../testkit/postgres.ts";
import { createVectorStore } from "./vector-store.ts";

let server: TestPostgres;
let sql: Database;
beforeAll(async () => {
  server = await startPostgres();
  sql = openPostgres(server.url, 2);
  await migrate(sql);
});
afterAll(async () => {
  await sql.end();
  await server.stop();
});

const vector = (seed: number) => Float32Array.from({ length: 512 }, (_, at) => Math.sin(seed * 1000 + at));
const rows = async () => Number((await sql`select count(*) as n from sentence_vector`)[0]?.n);

test("gives back bit for bit what was kept, per encoder", async () => {
  const store = createVectorStore(sql);
  store.keep("use wasm", "Built services", vector(1));
  store.keep("use wasm", "Led “teams” \u{1f600}", vector(2));
  store.keep("use native", "Built services", vector(3));
  await store.close();
  const found = await createVectorStore(sql).find("use wasm", [
    "Led “teams” \u{1f600}",
    "Built services",
    "never seen",
  ]);
  expect(Object.fromEntries(found)).toEqual({
    "Built services": vector(1),
    "Led “teams” \u{1f600}": vector(2),
  });
});

test("is bounded: the oldest go", async () => {
  const store = createVectorStore(sql, { mostRows: 40 });
  for (let round = 0; round < 10; round += 1) {
    for (let one = 0; one < 30; one += 1) store.keep("use wasm", `Sentence ${round} ${one}`, vector(one));
    await store.close();
    expect(await rows()).toBeLessThanOrEqual(40);
  }
  expect((await store.find("use wasm", ["Sentence 9 29", "Sentence 0 0"])).has("Sentence 9 29")).toBe(true);
});

test("without a database nothing is found and nothing breaks; it is said once", async () => {
  const away = openPostgres("postgres://127.0.0.1:9/none", 1);
  const said: string[] = [];
  const store = createVectorStore(away, { warn: (line) => said.push(line) });
  store.keep("use wasm", "Built services", vector(1));
  await store.close();
  expect((await store.find("use wasm", ["Built services"])).size).toBe(0);
  expect(said).toHaveLength(1);
  await away.end({ timeout: 1 });
});
