/** The pinned download: another file than the pinned one is never unpacked, and every failure is one line. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fetchRelease } from "./nats-release.ts";

let server: Server;
let work: string;
let site: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "callboard-release-"));
  server = createServer((request, answer) => {
    if (request.url?.includes("arm64")) answer.writeHead(404).end();
    else answer.end("not what was released");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(work, { recursive: true, force: true });
});

test("a file with another checksum is refused and leaves nothing behind", async () => {
  await expect(fetchRelease(work, site, "linux-x64")).rejects.toThrow(
    /not the pinned 5d2c51.*it was not used/,
  );
  expect(await readdir(work)).toEqual([]);
});

test("a missing file, a silent site and an unknown system are told apart", async () => {
  await expect(fetchRelease(work, site, "linux-arm64")).rejects.toThrow(/answers 404/);
  await expect(fetchRelease(work, "http://127.0.0.1:1", "linux-x64")).rejects.toThrow(/does not answer/);
  await expect(fetchRelease(work, site, "plan9-mips")).rejects.toThrow(/no pinned release for plan9-mips/);
});
