/**
 * The socket's side of the edge: who may open one, what each frame does, and that a slow or noisy client harms only itself.
 */

import type { TemplatedApp, WebSocket } from "uWebSockets.js";
import { Schema } from "effect";
import { addressOf } from "../../protocols/address.ts";
import {
  ClientFrame,
  closeCodes,
  commandAccess,
  type Topic,
  topicAccess,
} from "../../protocols/api/socket.ts";
import type { EdgeContext } from "../context.ts";
import { notFound, Refusal } from "../problem.ts";
import type { Session } from "../sessions.ts";
import type { Watcher } from "./hub.ts";

const decodeFrame = Schema.decodeUnknownOption(Schema.fromJsonString(ClientFrame));

/** More than this unsent, and the client gets nothing but snapshots when it has caught up. */
const laggingBytes = 128 * 1024;
const mostBytes = 1024 * 1024;
const beatMs = 15_000;
/** How long the socket of a session may stay whose end was not told. */
const recheckMs = 30_000;
/** Frames that a client may send: a burst, and then some per second. */
const burst = 40;
const perSecond = 5;

interface UserData {
  readonly session: Session | null;
  client: Client | null;
}

interface Client extends Watcher {
  readonly ws: WebSocket<UserData>;
  readonly session: Session;
  readonly presence: { close(): void } | null;
  readonly topics: Set<Topic>;
  lagging: boolean;
  allowance: number;
  refilledAt: number;
  open: boolean;
}

export interface SocketSide {
  /** Open sockets by role. */
  sessions(): ReadonlyMap<string, number>;
  /** These sessions have ended: their sockets close. */
  endSessions(keys: readonly string[]): void;
  /** Closes all: the clients come back to another edge, or to this one's next life. */
  close(): void;
}

export const socketSide = (app: TemplatedApp, context: EdgeContext): SocketSide => {
  const { hub, people, board, link, sessions } = context;
  const clients = new Set<Client>();

  const send = (client: Client, frame: object) =>
    void client.send(JSON.stringify({ ...frame, serverNow: Date.now() }));

  const keyOf = (topic: Topic, client: Client) => (topic === "me" ? `me.${client.session.me.id}` : topic);

  const watch = async (client: Client, topic: Topic, seq: number | null): Promise<void> => {
    const { me } = client.session;
    if (!topicAccess[topic].includes(me.role)) return;
    client.topics.add(topic);
    const key = keyOf(topic, client);
    const watched = (): Promise<void> => {
      switch (topic) {
        case "me":
          return hub.watch(topic, key, client, seq, async () => ({
            ...(await people.standing(me.id)),
            because: null,
          }));
        case "live":
          return hub.watch(topic, key, client, seq, async () => board.live());
        case "kpis":
          return hub.watch(topic, key, client, seq, async () => board.kpis());
        case "floor":
          return hub.watch(topic, key, client, seq, () => board.floor());
      }
    };
    await watched();
    if (!client.open) hub.leave(client);
  };

  const command = async (client: Client, frame: Exclude<ClientFrame, { op: "watch" }>): Promise<void> => {
    const { me } = client.session;
    try {
      if (!commandAccess[frame.op].includes(me.role))
        throw new Refusal(403, "NotAllowed", "Your role may not do this.");
      if (frame.op === "sign-in") await people.signIn(me.id);
      else if (frame.op === "sign-out") await people.signOut(me.id);
      else {
        const { employee } = await context.reviews.describe(frame.application);
        if (employee !== me.id) throw notFound("such application");
        await link.tell(
          addressOf("application", frame.application),
          { type: "AcknowledgeReview", employee: me.id, assignment: frame.assignment } as { type: string },
          `shown-${frame.application}-${frame.assignment}`,
        );
      }
      send(client, { op: "reply", id: frame.id, ok: true, reason: "", message: "" });
    } catch (error) {
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal(503, "Unavailable", "The system has not answered. Try again in a moment.");
      if (!(error instanceof Refusal)) context.log(`${frame.op} of ${me.id}: ${error}`);
      send(client, {
        op: "reply",
        id: frame.id,
        ok: false,
        reason: refusal.reason,
        message: refusal.message,
      });
    }
  };

  const hear = async (client: Client, text: string): Promise<void> => {
    const now = performance.now();
    client.allowance = Math.min(burst, client.allowance + ((now - client.refilledAt) / 1_000) * perSecond);
    client.refilledAt = now;
    const decoded = decodeFrame(text);
    if (client.allowance < 1 || decoded._tag === "None") {
      client.ws.end(closeCodes.badFrame, decoded._tag === "None" ? "no frame of ours" : "too many frames");
      return;
    }
    client.allowance--;
    const frame = decoded.value;
    if (frame.op !== "watch") return await command(client, frame);
    const sameEpoch = frame.epoch === link.edgeId;
    for (const { topic, seq } of frame.topics)
      await watch(client, topic, sameEpoch ? seq : null).catch((error) => {
        context.log(`${topic} for ${client.session.me.id}: ${error}`);
        // It comes back, and asks again: better than a page that waits for ever.
        if (client.open) client.ws.end(1013, "not available now");
      });
  };

  app.ws<UserData>("/ws", {
    maxPayloadLength: 16 * 1024,
    maxBackpressure: mostBytes,
    closeOnBackpressureLimit: 1,
    idleTimeout: 32,
    sendPingsAutomatically: true,
    maxLifetime: 0,
    upgrade: (res, req, socketContext) => {
      const key = req.getHeader("sec-websocket-key");
      const protocol = req.getHeader("sec-websocket-protocol");
      const extensions = req.getHeader("sec-websocket-extensions");
      const cookie = req.getHeader("cookie");
      let aborted = false;
      res.onAborted(() => {
        aborted = true;
      });
      if (!context.mayComeFrom(req.getHeader("origin"), req.getHeader("sec-fetch-site"))) {
        res.writeStatus("403 Forbidden").end("This page may not open the socket.");
        return;
      }
      sessions
        .find(cookie)
        .then((session) => {
          // Without a session it is opened and closed with a code: browsers don't show the status of a refused upgrade.
          if (!aborted)
            res.cork(() =>
              res.upgrade<UserData>({ session, client: null }, key, protocol, extensions, socketContext),
            );
        })
        .catch((error) => {
          context.log(`a socket could not be opened: ${error}`);
          if (!aborted) res.cork(() => res.writeStatus("503 Service Unavailable").end());
        });
    },
    open: (ws) => {
      const data = ws.getUserData();
      const { session } = data;
      if (session === null) {
        ws.end(closeCodes.sessionOver, "sign in first");
        return;
      }
      if (session.me.passwordOnce) {
        ws.end(closeCodes.passwordOnce, "choose a password of your own first");
        return;
      }
      const client: Client = {
        ws,
        session,
        presence: session.me.role === "employee" ? people.opened(session.me.id) : null,
        topics: new Set(),
        lagging: false,
        allowance: burst,
        refilledAt: performance.now(),
        open: true,
        send: (frame) => {
          if (!client.open || client.lagging) return false;
          ws.send(frame);
          if (client.open && ws.getBufferedAmount() > laggingBytes) client.lagging = true;
          return true;
        },
      };
      data.client = client;
      clients.add(client);
      const topics = (Object.keys(topicAccess) as Topic[]).filter((topic) =>
        topicAccess[topic].includes(session.me.role),
      );
      send(client, { op: "hello", me: session.me, epoch: link.edgeId, topics });
    },
    message: (ws, message, isBinary) => {
      const { client } = ws.getUserData();
      if (client === null) return;
      const text = isBinary ? "" : Buffer.from(message).toString("utf8");
      hear(client, text).catch((error) => context.log(`a frame of ${client.session.me.id}: ${error}`));
    },
    drain: (ws) => {
      const { client } = ws.getUserData();
      if (!client?.lagging || ws.getBufferedAmount() > 0) return;
      client.lagging = false;
      for (const topic of client.topics) watch(client, topic, null).catch(() => ws.close()); // Comes back by itself.
    },
    close: (ws) => {
      const { client } = ws.getUserData();
      if (client === null) return;
      client.open = false;
      clients.delete(client);
      hub.leave(client);
      client.presence?.close();
    },
  });

  const beat = setInterval(() => {
    for (const client of clients) {
      if (client.session.expiresAt < Date.now()) client.ws.end(closeCodes.sessionOver, "the session is over");
      else send(client, { op: "beat" });
    }
  }, beatMs);

  const endSessions = (keys: readonly string[]) => {
    const over = new Set(keys);
    for (const client of clients)
      if (over.has(client.session.key)) client.ws.end(closeCodes.sessionOver, "the session has ended");
  };
  /** Whose end nobody has told: by the command line, or while the line between edges was broken. */
  const recheck = setInterval(() => {
    const keys = [...new Set([...clients].map(({ session }) => session.key))];
    if (keys.length === 0) return;
    sessions
      .overAmong(keys)
      .then(endSessions, (error) => context.log(`sessions can't be looked at: ${error}`));
  }, recheckMs);

  return {
    sessions: () => {
      const roles = new Map<string, number>();
      for (const { session } of clients) roles.set(session.me.role, (roles.get(session.me.role) ?? 0) + 1);
      return roles;
    },
    endSessions,
    close: () => {
      clearInterval(beat);
      clearInterval(recheck);
      for (const client of clients) client.ws.end(1012, "the server restarts");
    },
  };
};
