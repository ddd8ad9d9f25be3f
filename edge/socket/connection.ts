/**
 * The socket's side of the edge: who may open one, what each frame does, and that a slow or noisy client harms only itself.
 */
import type { TemplatedApp, WebSocket } from "uWebSockets.js";
import { Schema } from "effect";
import { ClientFrame, closeCodes, type Topic, topicNames, topicRules } from "../../protocols/api/socket.ts";
import type { EdgeContext } from "../context.ts";
import { harmIn } from "../request-body.ts";
import type { Session } from "../sessions.ts";
import { type Client, createClient, type UserData } from "./client.ts";
import { commandsOf } from "./commands.ts";
import { topicSources } from "./topics.ts";
import { watchUpstream } from "./upstream.ts";

const decodeFrame = Schema.decodeUnknownOption(ClientFrame);

/** More than this unsent, and the line is given up. */
const mostBytes = 1024 * 1024;
/** A page with this many tabs of one person is no page. */
const mostPerPerson = 20;
const beatMs = 15_000;
/** Beats go out in so many parts, so that thousands of sockets don't hold up everything else at once. */
const lanes = 75;
const hiddenCountersMs = 10_000;
/** Frames that are kept until it is known whose socket it is. */
const mostEarly = 40;
/** How long the socket of a session may stay whose end was not told. */
const recheckMs = 30_000;

export interface SocketSide {
  /** Open sockets by role. */
  sessions(): ReadonlyMap<string, number>;
  /** These sessions have ended: their sockets close. */
  endSessions(keys: readonly string[]): void;
  /** Closes all: the clients come back to another edge, or to this one's next life. */
  close(): void;
}

interface Seat {
  readonly client: Client;
  readonly lane: number;
  readonly presence: { close(): void } | null;
}

export const socketSide = (app: TemplatedApp, context: EdgeContext): SocketSide => {
  const { hub, people, link, sessions } = context;
  const sources = topicSources(context);
  const command = commandsOf(context);
  const seats = new Map<Client, Seat>();
  const byLane = Array.from({ length: lanes }, () => new Set<Client>());
  const perPerson = new Map<string, number>();
  let opened = 0;

  const upstream = watchUpstream((lostAt) => {
    for (const client of seats.keys()) client.say({ op: "upstream", lostAt });
  });
  link.onLine((isUp) => (isUp ? upstream.back() : upstream.lost()));

  const watch = async <T extends Topic>(client: Client, topic: T, seq: number | null): Promise<void> => {
    const { me } = client.session;
    if (!topicRules[topic].roles.includes(me.role)) return;
    client.topics.add(topic);
    const { key, snapshot } = sources[topic];
    await hub.watch(topic, key?.(me) ?? topic, client, seq, () => snapshot(me));
    if (!client.isOpen()) hub.leave(client);
    // A page that nobody looks at is no reason to ask actors for its rows.
    else if (client.isHidden() && topicRules[topic].pace === "page") hub.unwatch(key?.(me) ?? topic, client);
  };

  const watchOrEnd = (client: Client, topic: Topic, seq: number | null) =>
    watch(client, topic, seq).catch((error) => {
      context.log(`${topic} for ${client.session.me.id}: ${error}`);
      // It comes back, and asks again: better than a page that waits for ever.
      client.end(1013, "not available now");
    });
  const catchUp = (client: Client, some: readonly Topic[]) => {
    for (const topic of some) void watchOrEnd(client, topic, null);
  };

  const hide = (client: Client, hidden: boolean) => {
    client.hide(hidden);
    const pages = [...client.topics].filter((topic) => topicRules[topic].pace === "page");
    if (hidden)
      for (const topic of pages) hub.unwatch(sources[topic].key?.(client.session.me) ?? topic, client);
    else catchUp(client, [...new Set([...pages, ...client.takeBehind()])]);
  };

  const hear = async (client: Client, text: string): Promise<void> => {
    const decoded = decodeFrame(parsed(text));
    if (!client.mayHear()) return client.end(closeCodes.badFrame, "too many frames");
    if (decoded._tag === "None") return client.end(closeCodes.badFrame, "no frame of ours");
    const frame = decoded.value;
    if (frame.op === "hidden") hide(client, frame.hidden);
    else if (frame.op === "watch") {
      const sameEpoch = frame.epoch === link.edgeId;
      for (const { topic, seq } of frame.topics) await watchOrEnd(client, topic, sameEpoch ? seq : null);
    } else client.say({ op: "reply", id: frame.id, ...(await command(client.session.me, frame)) });
  };

  const hearOrLog = (client: Client, text: string) =>
    void hear(client, text).catch((error) => context.log(`a frame of ${client.session.me.id}: ${error}`));

  /** It is known now whose socket it is: a seat for them, and what they have said meanwhile. */
  const admit = (ws: WebSocket<UserData>, session: Session | null) => {
    if (session === null) return void ws.end(closeCodes.sessionOver, "sign in first");
    const { me } = session;
    if (me.passwordOnce) return void ws.end(closeCodes.passwordOnce, "choose a password of your own first");
    const theirs = perPerson.get(me.id) ?? 0;
    if (theirs >= mostPerPerson) return void ws.end(closeCodes.tooMany, "too many tabs");
    perPerson.set(me.id, theirs + 1);
    const client = createClient(ws, session);
    const data = ws.getUserData();
    data.client = client;
    const lane = opened++ % lanes;
    byLane[lane]?.add(client);
    seats.set(client, { client, lane, presence: me.role === "employee" ? people.opened(me.id) : null });
    const topics = topicNames.filter((topic) => topicRules[topic].roles.includes(me.role));
    client.say({ op: "hello", me, epoch: link.edgeId, topics });
    const lostAt = upstream.lostAt();
    if (lostAt !== null) client.say({ op: "upstream", lostAt });
    for (const text of data.early.splice(0)) hearOrLog(client, text);
  };

  app.ws<UserData>("/ws", {
    maxPayloadLength: 16 * 1024,
    maxBackpressure: mostBytes,
    closeOnBackpressureLimit: 1,
    // Two pings without an answer. They go out with the beats: uWebSockets' own come every 4 s to all whose time it is, which held
    // everything else up for a quarter of a second where thousands had come back together.
    idleTimeout: 32,
    sendPingsAutomatically: false,
    maxLifetime: 0,
    upgrade: (res, req, socketContext) => {
      const key = req.getHeader("sec-websocket-key");
      const protocol = req.getHeader("sec-websocket-protocol");
      const extensions = req.getHeader("sec-websocket-extensions");
      const cookie = req.getHeader("cookie");
      if (!context.mayComeFrom(req.getHeader("origin"), req.getHeader("sec-fetch-site"))) {
        res.writeStatus("403 Forbidden").end("This page may not open the socket.");
        return;
      }
      // At once, and the session is looked up afterwards: an upgrade after a wait, corked as it must be, closes some sockets at
      // random (uWebSockets pull request 1929). Browsers don't show the status of a refused upgrade anyway, but a close code.
      const session = sessions.find(cookie);
      session.catch(() => {}); // Heard below.
      res.upgrade<UserData>(
        { session, client: null, early: [], gone: false },
        key,
        protocol,
        extensions,
        socketContext,
      );
    },
    open: (ws) => {
      const data = ws.getUserData();
      data.session.then(
        (session) => {
          if (!data.gone) admit(ws, session);
        },
        (error) => {
          context.log(`a socket could not be opened: ${error}`);
          if (!data.gone) ws.end(1013, "not available now");
        },
      );
    },
    message: (ws, message, isBinary) => {
      const { client, early } = ws.getUserData();
      const text = isBinary ? "" : Buffer.from(message).toString("utf8");
      if (client !== null) hearOrLog(client, text);
      else if (early.push(text) > mostEarly) ws.end(closeCodes.badFrame, "too many frames");
    },
    drain: (ws) => {
      const { client } = ws.getUserData();
      if (client !== null) catchUp(client, client.takeBehind());
    },
    close: (ws) => {
      const data = ws.getUserData();
      data.gone = true;
      const { client } = data;
      if (client === null) return;
      client.closed();
      hub.leave(client);
      const seat = seats.get(client);
      seats.delete(client);
      if (seat === undefined) return;
      byLane[seat.lane]?.delete(client);
      seat.presence?.close();
      const { id } = client.session.me;
      const left = (perPerson.get(id) ?? 1) - 1;
      if (left > 0) perPerson.set(id, left);
      else perPerson.delete(id);
    },
  });

  let lane = 0;
  const beat = setInterval(() => {
    const text = JSON.stringify({ op: "beat", serverNow: Date.now() });
    for (const client of byLane[lane] ?? [])
      if (client.session.expiresAt < Date.now()) client.end(closeCodes.sessionOver, "the session is over");
      else client.beat(text);
    lane = (lane + 1) % lanes;
  }, beatMs / lanes);
  const hiddenCounters = setInterval(() => {
    for (const client of seats.keys()) catchUp(client, client.takeHiddenCounters());
  }, hiddenCountersMs);

  const endSessions = (keys: readonly string[]) => {
    const over = new Set(keys);
    for (const client of seats.keys())
      if (over.has(client.session.key)) client.end(closeCodes.sessionOver, "the session has ended");
  };
  /** Whose end nobody has told: by the command line, or while the line between edges was broken. */
  const recheck = setInterval(() => {
    const keys = [...new Set([...seats.keys()].map(({ session }) => session.key))];
    if (keys.length === 0) return;
    sessions
      .overAmong(keys)
      .then(endSessions, (error) => context.log(`sessions can't be looked at: ${error}`));
  }, recheckMs);

  return {
    sessions: () => {
      const roles = new Map<string, number>();
      for (const { session } of seats.keys())
        roles.set(session.me.role, (roles.get(session.me.role) ?? 0) + 1);
      return roles;
    },
    endSessions,
    close: () => {
      for (const timer of [beat, hiddenCounters, recheck]) clearInterval(timer);
      for (const client of seats.keys()) client.end(1012, "the server restarts");
    },
  };
};

/** What is no JSON, or harmful JSON, is no frame of ours. */
const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return harmIn(value) === null ? value : undefined;
  } catch {
    return undefined;
  }
};
