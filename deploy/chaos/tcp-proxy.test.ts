/** The proxy fails the way it is told to, and heals. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { startTcpProxy } from "./tcp-proxy.ts";

test("passes bytes on, cuts, refuses, heals, and stops in the middle of a batch", async () => {
  const heard: string[] = [];
  let news = () => {};
  const server = createServer((socket: Socket) =>
    socket.on("data", (chunk) => {
      heard.push(chunk.toString());
      news();
    }),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const proxy = await startTcpProxy({ port });
  const next = () =>
    new Promise<void>((resolve) => {
      news = resolve;
    });
  try {
    const first = connect(proxy.port, "127.0.0.1");
    let came = next();
    first.write("hello");
    await came;
    const closed = once(first, "close");
    proxy.cut();
    await closed;
    const refused = connect(proxy.port, "127.0.0.1");
    await once(refused, "close");
    proxy.heal();
    const second = connect(proxy.port, "127.0.0.1");
    came = next();
    const batch = `HPUB x\r\nNats-Batch-Id: 1\r\n${"b".repeat(100)}`;
    const amid = new Promise<number>((resolve) => proxy.amidBatch(() => resolve(heard.length)));
    second.write(batch);
    await Promise.all([came, amid]);
    expect(heard[0]).toBe("hello");
    expect(batch.startsWith(heard[1] ?? "nothing")).toBe(true);
    second.destroy();
  } finally {
    await proxy.close();
    server.close();
  }
});
