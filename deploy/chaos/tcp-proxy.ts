/**
 * A TCP proxy between one client and one server, which can fail the way networks do: cut what is open, refuse what is new, or
 * swallow everything without a word.
 */
import { createServer, connect as openConnection, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Ends all connections at once; new ones are refused until `heal`. */
  cut(): void;
  /** Bytes no longer pass, in neither direction, and nobody is told. */
  swallow(): void;
  heal(): void;
  /**
   * Calls back in the middle of the next batch that the client writes: its first half has been passed on, the rest has not.
   * @returns a function that calls it off
   */
  amidBatch(callback: () => void): () => void;
  close(): Promise<void>;
}

const batchHeader = Buffer.from("Nats-Batch-Id");

/** @param port where the client connects; 0 takes a free one. */
export async function startTcpProxy(target: { readonly port: number }, port = 0): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let refusing = false;
  let swallowing = false;
  let onBatch: (() => void) | null = null;

  const pass = (from: Socket, to: Socket, watched: boolean) => {
    from.on("data", (chunk: Buffer) => {
      if (watched && onBatch !== null && chunk.includes(batchHeader)) {
        const callback = onBatch;
        onBatch = null;
        to.write(chunk.subarray(0, chunk.length >> 1));
        callback();
        to.write(chunk.subarray(chunk.length >> 1)); // To a dead socket, mostly.
        return;
      }
      if (!to.write(chunk)) from.pause();
    });
    to.on("drain", () => {
      if (!swallowing) from.resume();
    });
    from.on("error", () => {}); // The close that follows says it.
    from.on("close", () => to.destroy());
  };

  const server = createServer((client) => {
    if (refusing) return void client.destroy();
    const upstream = openConnection({ host: "127.0.0.1", port: target.port });
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.setNoDelay();
    upstream.setNoDelay();
    pass(client, upstream, true);
    pass(upstream, client, false);
    client.on("close", () => pairs.delete(pair));
    if (swallowing) for (const socket of pair) socket.pause();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    cut: () => {
      refusing = true;
      cut();
    },
    swallow: () => {
      swallowing = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    heal: () => {
      refusing = false;
      swallowing = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    amidBatch: (callback) => {
      onBatch = callback;
      return () => {
        if (onBatch === callback) onBatch = null;
      };
    },
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
