/** A small WebSocket client for tests: Node 20 has none. Speaks text frames, answers pings, reports the close code. */
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";
import { firstFrame, frameOf, opcodes } from "./frames.ts";

export interface SocketClient {
  /** The frames so far, as JSON; at most the last thousand. */
  readonly frames: Record<string, unknown>[];
  readonly closed: Promise<number>;
  send(frame: unknown): void;
  sendText(text: string): void;
  /** A frame as it is, whatever it may be. */
  sendFrame(opcode: number, payload: Buffer): void;
  /** The first frame, heard already or yet to come, that fits; rejects with what was heard after 30 s or when it is closed. */
  next(fits: (frame: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  close(): void;
  isClosed(): boolean;
  /** Resolves when a ping that is sent now is answered. */
  pong(): Promise<void>;
  /** Called with every frame from now on. */
  onFrame(listener: (frame: Record<string, unknown>) => void): void;
  /** When anything was heard last, as of `performance.now()`. */
  heardAt(): number;
}

const mostKept = 1_000;

/** Rejects with the status if the upgrade is refused. */
export const openSocket = (port: number, headers: Record<string, string>): Promise<SocketClient> =>
  new Promise((resolve, reject) => {
    const upgrade = request({
      host: "127.0.0.1",
      port,
      path: "/ws",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        ...headers,
      },
    });
    upgrade.once("response", (response) => {
      response.resume();
      reject(new Error(`refused with ${response.statusCode}`));
    });
    upgrade.once("error", reject);
    upgrade.once("upgrade", (_, socket: Socket, head) => resolve(clientOn(socket, head)));
    upgrade.end();
  });

const clientOn = (socket: Socket, head: Buffer): SocketClient => {
  const frames: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const pongs: (() => void)[] = [];
  let buffered = head;
  let code = 1006;
  let heardAt = performance.now();
  const listeners: ((frame: Record<string, unknown>) => void)[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", () => resolve(code)));
  socket.on("error", () => {}); // The close that follows says it.

  const write = (opcode: number, payload: Buffer) => socket.write(frameOf(opcode, payload));

  const read = () => {
    for (let found = firstFrame(buffered); found !== null; found = firstFrame(buffered)) {
      const { opcode, payload, rest } = found;
      buffered = rest;
      if (opcode === opcodes.text) {
        const frame: Record<string, unknown> = JSON.parse(payload.toString("utf8"));
        frames.push(frame);
        if (frames.length > mostKept) frames.shift();
        for (const listener of listeners) listener(frame);
      }
      if (opcode === opcodes.close) {
        code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
        socket.end();
      }
      if (opcode === opcodes.ping) write(opcodes.pong, payload);
      if (opcode === opcodes.pong) pongs.shift()?.();
      for (const look of waiting) look();
    }
  };
  socket.on("data", (chunk) => {
    heardAt = performance.now();
    buffered = Buffer.concat([buffered, chunk]);
    read();
  });
  const client: SocketClient = {
    frames,
    closed,
    onFrame: (listener) => void listeners.push(listener),
    heardAt: () => heardAt,
    send: (frame) => client.sendText(JSON.stringify(frame)),
    sendText: (text) => write(opcodes.text, Buffer.from(text)),
    sendFrame: write,
    next: (fits) =>
      new Promise((resolve, reject) => {
        const giveUp = (why: string) => {
          clearTimeout(deadline);
          waiting.delete(look);
          reject(new Error(`${why}; heard ${JSON.stringify(frames).slice(-3_000)}`));
        };
        const deadline = setTimeout(() => giveUp("Not heard within 30 s"), 30_000);
        const look = () => {
          const found = frames.find(fits);
          if (found === undefined) return;
          clearTimeout(deadline);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then(() => giveUp(`Closed with ${code} before it came`));
      }),
    close: () => socket.destroy(),
    isClosed: () => socket.destroyed,
    pong: () =>
      new Promise((resolve) => {
        pongs.push(resolve);
        write(opcodes.ping, Buffer.alloc(0));
      }),
  };
  read();
  return client;
};
