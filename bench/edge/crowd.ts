/**
 * Many clients in one process: bare sockets that speak as a browser does, as little of it as is needed. Told what to do by the
 * bench that forked it, and tells it what was heard and when (milliseconds since the epoch, with fractions).
 */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { firstFrame, frameOf, opcodes } from "../../edge/testkit/frames.ts";

export type Order =
  /** `cookies[i % cookies.length]` opens the i-th; they all begin within `withinMs`, evenly. */
  | {
      readonly type: "open";
      readonly port: number;
      readonly cookies: readonly string[];
      readonly count: number;
      readonly withinMs: number;
    }
  /** Each of the first `count` sends sign-in. */
  | { readonly type: "sign-in"; readonly count: number; readonly withinMs: number }
  /** Come back by themselves when the line breaks: after a random time up to this, which doubles. */
  | { readonly type: "return"; readonly baseMs: number; readonly capMs: number }
  | { readonly type: "report" }
  | { readonly type: "end" };

export interface Report {
  readonly open: number;
  readonly refused: number;
  readonly knowMe: number;
  readonly signedIn: number;
  readonly beats: number;
  /** When each application was first heard as offered, and when it had been assigned. */
  readonly offered: Readonly<Record<string, readonly [heardAt: number, assignedAt: number]>>;
  /** Strikes and sign-outs that somebody was told of. */
  readonly struck: number;
  readonly signedOut: number;
  readonly lost: number;
  readonly errors: readonly string[];
}

const now = () => performance.timeOrigin + performance.now();
const watchMe = (epoch: string | null, seq: number | null) =>
  JSON.stringify({
    op: "watch",
    epoch,
    topics: [
      { topic: "me", seq },
      { topic: "live", seq: null },
    ],
  });

let port = 0;
let returning: { baseMs: number; capMs: number } | null = null;
const offered: Record<string, readonly [number, number]> = {};
const errors = new Map<string, number>();
const counts = { refused: 0, beats: 0, struck: 0, signedOut: 0, lost: 0 };

interface Member {
  readonly cookie: string;
  readonly address: string;
  socket: Socket | null;
  upgraded: boolean;
  knowsMe: boolean;
  signedIn: boolean;
  buffered: Buffer;
  tries: number;
  epoch: string | null;
  seq: number | null;
}
const members: Member[] = [];
let ended = false;

const failed = (what: string) => void errors.set(what, (errors.get(what) ?? 0) + 1);

const write = (socket: Socket, opcode: number, payload: Buffer) => socket.write(frameOf(opcode, payload));
const say = (member: Member, text: string) => {
  if (member.socket !== null) write(member.socket, opcodes.text, Buffer.from(text));
};

/** A desk that shows it says so, or the review goes to somebody else. */
const acknowledge = (
  member: Member,
  { application, assignment }: { application: string; assignment: number },
) => say(member, JSON.stringify({ op: "acknowledge", id: `shown-${assignment}`, application, assignment }));

function heard(member: Member, text: string) {
  if (text.startsWith('{"op":"beat"')) {
    counts.beats++;
    return;
  }
  if (text.startsWith('{"op":"hello"')) {
    const { epoch } = JSON.parse(text);
    const seq = member.epoch === epoch ? member.seq : null;
    member.epoch = epoch;
    say(member, watchMe(epoch, seq));
    // Whoever comes back to the same edge and has missed nothing is sent nothing.
    if (seq !== null) member.knowsMe = true;
    return;
  }
  if (text.startsWith('{"op":"reply"')) {
    if (text.includes('"ok":true')) member.signedIn ||= text.includes('"id":"on"');
    else failed(text.slice(0, 200));
    return;
  }
  if (!text.includes('"topic":"me"')) return;
  const frame = JSON.parse(text);
  member.knowsMe = true;
  member.seq = frame.seq;
  const because = frame.data.because?.type;
  if (because === "Offered" && frame.data.offer !== null) acknowledge(member, frame.data.offer);
  if (because === "Offered" && frame.data.offer !== null)
    offered[frame.data.offer.application] ??= [now(), frame.data.offer.assignedAt];
  if (because === "Struck") counts.struck++;
  if (because === "SignedOut") counts.signedOut++;
}

function read(member: Member) {
  for (;;) {
    const { buffered } = member;
    if (!member.upgraded) {
      const end = buffered.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!buffered.subarray(0, 12).toString().includes(" 101")) {
        counts.refused++;
        member.socket?.destroy();
        return;
      }
      member.upgraded = true;
      member.buffered = buffered.subarray(end + 4);
      continue;
    }
    const found = firstFrame(buffered);
    if (found === null) return;
    const { opcode, payload, rest } = found;
    member.buffered = rest;
    if (opcode === opcodes.text) heard(member, payload.toString("utf8"));
    if (opcode === opcodes.ping && member.socket) write(member.socket, opcodes.pong, payload);
  }
}

function open(member: Member) {
  const socket = connect({ port, host: "127.0.0.1", localAddress: member.address });
  member.socket = socket;
  member.upgraded = false;
  member.buffered = Buffer.alloc(0);
  socket.on("connect", () =>
    socket.write(
      `GET /ws HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\ncookie: ${member.cookie}\r\n\r\n`,
    ),
  );
  socket.on("data", (chunk) => {
    member.buffered = member.buffered.length === 0 ? chunk : Buffer.concat([member.buffered, chunk]);
    read(member);
    // A slice of a shared pool would keep the whole of it.
    if (member.buffered.length === 0) member.buffered = Buffer.alloc(0);
    else member.buffered = Buffer.from(member.buffered);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
  socket.on("close", () => {
    member.socket = null;
    member.knowsMe = false;
    if (ended) return;
    counts.lost++;
    if (returning === null) return;
    const most = Math.min(returning.capMs, returning.baseMs * 2 ** member.tries++);
    setTimeout(() => open(member), Math.random() * most);
  });
}

const spread = (count: number, withinMs: number, act: (n: number) => void) => {
  for (let n = 0; n < count; n++) setTimeout(() => act(n), (n / count) * withinMs);
};

process.on("message", (order: Order) => {
  switch (order.type) {
    case "open": {
      port = order.port;
      const first = members.length;
      for (let n = 0; n < order.count; n++)
        members.push({
          cookie: order.cookies[n % order.cookies.length] ?? "",
          // 127.0.0.1 alone has too few ports.
          address: `127.0.0.${2 + ((first + n) % 8)}`,
          socket: null,
          upgraded: false,
          knowsMe: false,
          signedIn: false,
          buffered: Buffer.alloc(0),
          tries: 0,
          epoch: null,
          seq: null,
        });
      spread(order.count, order.withinMs, (n) => {
        const member = members[first + n];
        if (member) open(member);
      });
      break;
    }
    case "sign-in":
      spread(order.count, order.withinMs, (n) => {
        const member = members[n];
        if (member) say(member, JSON.stringify({ op: "sign-in", id: "on" }));
      });
      break;
    case "return":
      returning = order;
      break;
    case "report":
      process.send?.({
        open: members.filter(({ upgraded, socket }) => upgraded && socket !== null).length,
        knowMe: members.filter(({ knowsMe }) => knowsMe).length,
        signedIn: members.filter(({ signedIn }) => signedIn).length,
        offered,
        errors: [...errors].map(([what, times]) => `${times} x ${what}`).slice(0, 5),
        ...counts,
      } satisfies Report);
      break;
    case "end":
      ended = true;
      process.exit(0);
  }
});
