/** A partition's log: in order, a gap is found even when it does not show, and nothing is lost while it changes hands. */
import { type ConsumerInfo, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { partitionConsumer, pinGroup } from "../../protocols/streams.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { provision } from "../storage/provision.ts";
import { startNats, startNatsCluster, type TestNats } from "../testkit/nats.ts";
import { OrderedLog } from "./ordered-log.ts";

const filter = "callboard.part.*.catalog.>";
const consumer = { ...partitionConsumer("catalog", 0), filter_subject: filter };
const catalogLog = (nc: NatsConnection, jsm: JetStreamManager) => ({
  nc,
  jsm,
  stream: streams.acts,
  consumer: consumer.durable_name,
  filter,
  end: async () => (await jsm.streams.getMessage(streams.acts, { last_by_subj: filter }))?.seq ?? 0,
  buffer: 100,
});

/** A reader's line, and the one of somebody else who reads the same. */
async function onTwoLines(
  act: (nc: NatsConnection, other: NatsConnection, jsm: JetStreamManager) => Promise<void>,
): Promise<void> {
  const nats = await startNats();
  const [nc, other] = await Promise.all([connect(nats.connection()), connect(nats.connection())]);
  try {
    await provision(nc);
    await act(nc, other, await jetstreamManager(nc));
  } finally {
    await Promise.all([nc.close(), other.close()]);
    await nats.stop();
  }
}

test(
  "finds out that mail went to an earlier reader who is asleep, and reads it from the floor",
  () =>
    onTwoLines(async (nc, sleeper, jsm) => {
      await jsm.consumers.add(streams.acts, consumer as never);
      const heard: number[] = [];
      let wholeAgain = () => {};
      const done = new Promise<void>((resolve) => {
        wholeAgain = resolve;
      });
      const log = new OrderedLog({
        ...catalogLog(nc, jsm),
        onMessage: (message) => {
          heard.push(message.seq);
          message.ack();
          if (heard.length === 3) wholeAgain();
        },
        onGap: () => void log.start().catch(() => {}), // The test ends while it is at it.
        onTrouble: () => {},
      });
      await log.start();
      // As a paused owner's would: its pull waits at the server and is served when the pin is free; nobody acknowledges.
      const asleep = await (await jetstreamManager(sleeper))
        .jetstream()
        .consumers.get(streams.acts, consumer.durable_name);
      await jsm.consumers.unpin(streams.acts, consumer.durable_name, pinGroup).catch(() => {});
      const stolen = await asleep.consume({
        group: pinGroup,
        max_messages: 10,
        expires: 3_000,
        callback: () => {},
      });
      await log.stop(); // Its own pull goes, so that the other one's is the next.
      const begun = log.start();
      for (let n = 0; n < 3; n++) await jetstream(nc).publish(subjects.mailbox("catalog.a"), `{"n":${n}}`);
      await begun;
      await stolen.close();
      await done;
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      await log.stop();
    }),
  40_000,
);

test(
  "finds out that somebody has reset the consumer under it, and that mail went there",
  () =>
    onTwoLines(async (nc, other, jsm) => {
      const name = consumer.durable_name;
      await jsm.consumers.add(streams.acts, consumer as never);
      const heard: number[] = [];
      const waiting = new Map<number, () => void>();
      const upTo = (count: number) => new Promise<void>((resolve) => waiting.set(count, resolve));
      const log = new OrderedLog({
        ...catalogLog(nc, jsm),
        onMessage: (message) => {
          heard.push(message.seq);
          message.ack();
          waiting.get(heard.length)?.();
        },
        onGap: () => void log.start().catch(() => {}), // The test ends while it is at it.
        onTrouble: () => {},
      });
      const tell = (n: number) => jetstream(nc).publish(subjects.mailbox("catalog.a"), `{"n":${n}}`);
      const three = upTo(3);
      const four = upTo(4);
      await log.start();
      for (let n = 0; n < 3; n++) await tell(n);
      await three;
      // What was acknowledged has left the stream: else it would be given out again, as to anybody after a crash.
      await expect.poll(async () => (await jsm.consumers.info(streams.acts, name)).num_ack_pending).toBe(0);
      // An earlier owner, late: it waits behind our pulls, takes the pin from us, sends the consumer back, and is given what comes.
      const late = await (await jetstreamManager(other)).jetstream().consumers.get(streams.acts, name);
      let taken = () => {};
      const stolen = new Promise<void>((resolve) => {
        taken = resolve;
      });
      const pulled = await late.consume({ group: pinGroup, max_messages: 1, callback: () => taken() });
      await other.flush();
      await jsm.consumers.unpin(streams.acts, name, pinGroup);
      await jsm.consumers.reset(streams.acts, name);
      await tell(3);
      await stolen;
      await pulled.close(); // And acknowledges nothing.
      await four;
      expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b));
      await log.stop();
    }),
  40_000,
);

test(
  "is served at once when it starts again while mail waits and somebody else has the pin",
  () =>
    onTwoLines(async (nc, other, jsm) => {
      const name = consumer.durable_name;
      // A pin that the server gives to a pull of the reading before this one would last longer than the test may.
      await jsm.consumers.add(streams.acts, { ...consumer, priority_timeout: 120e9 } as never);
      const heard = new Set<number>();
      const waiting = new Map<number, () => void>();
      const upTo = (count: number) => new Promise<void>((resolve) => waiting.set(count, resolve));
      const log = new OrderedLog({
        ...catalogLog(nc, jsm),
        onMessage: (message) => {
          heard.add(message.seq);
          message.ack();
          waiting.get(heard.size)?.();
        },
        onGap: () => {},
        onTrouble: () => {},
      });
      const tell = () => jetstream(nc).publish(subjects.mailbox("catalog.a"), "{}");
      const one = upTo(1);
      await log.start();
      await tell();
      await one;
      const late = await (await jetstreamManager(other)).jetstream().consumers.get(streams.acts, name);
      const stolen = new Promise<void>((resolve) => {
        void late.consume({ group: pinGroup, max_messages: 1, callback: () => resolve() });
      });
      await other.flush();
      await jsm.consumers.unpin(streams.acts, name, pinGroup);
      await tell();
      await stolen;
      await other.close(); // Asleep for good, with the pin.
      const all = upTo(4);
      await tell();
      await tell();
      await log.start();
      await all;
      await log.stop();
    }),
  40_000,
);

/** The same, but asked for a consumer it answers what `change` makes of the server's own answer. */
const withInfo = (jsm: JetStreamManager, change: (info: ConsumerInfo) => ConsumerInfo): JetStreamManager => {
  const { consumers } = jsm;
  const changed = Object.assign(Object.create(consumers), {
    info: async (stream: string, name: string) => change(await consumers.info(stream, name)),
  });
  return Object.create(jsm, { consumers: { value: changed } });
};

const onCluster = async (
  act: (nc: NatsConnection, others: readonly NatsConnection[], servers: readonly TestNats[]) => Promise<void>,
): Promise<void> => {
  const servers = (await startNatsCluster()) as [TestNats, TestNats, TestNats];
  const at = {
    ...servers[0].connection(),
    servers: servers.map((server) => server.connection().servers),
    reconnectTimeWait: 100,
    maxReconnectAttempts: -1,
  };
  const [nc, ...others] = await Promise.all([connect(at), connect(at), connect(at)]);
  try {
    await provision(nc, 3);
    await act(nc, others, servers);
  } finally {
    await Promise.all([nc, ...others].map((line) => line.close()));
    await Promise.all(servers.map((server) => server.stop()));
  }
};

test(
  "deposes a consumer's leader who sees nothing of what the stream holds",
  () =>
    onCluster(async (nc) => {
      const name = consumer.durable_name;
      const jsm = await jetstreamManager(nc, { timeout: 15_000 });
      await jsm.consumers.add(streams.acts, consumer as never);
      // As one whose copy of the stream stands still: it gives nothing, and says that nothing waits.
      await jsm.consumers.pause(streams.acts, name, new Date(Date.now() + 600_000));
      const leader = async () => (await jsm.consumers.info(streams.acts, name)).cluster?.leader;
      const before = await leader();
      let broken = () => {};
      const gap = new Promise<void>((resolve) => {
        broken = resolve;
      });
      let heard = (_: number) => {};
      const first = new Promise<number>((resolve) => {
        heard = resolve;
      });
      const log = new OrderedLog({
        ...catalogLog(
          nc,
          withInfo(jsm, (info) => ({ ...info, num_pending: 0 })),
        ),
        onMessage: ({ seq }) => heard(seq),
        onGap: () => broken(),
        onTrouble: () => {},
      });
      await log.start();
      const { seq } = await jetstream(nc).publish(subjects.mailbox("catalog.a"), "{}");
      await gap;
      await expect.poll(() => leader().catch(() => before), { timeout: 15_000 }).not.toBe(before);
      await jsm.consumers.resume(streams.acts, name);
      await log.start();
      expect(await first).toBe(seq);
      await log.stop();
    }),
  60_000,
);

test("what was acknowledged is purged together, what is open stays for the next reader, and a full consumer goes on", () =>
  onTwoLines(async (nc, other, jsm) => {
    await jsm.consumers.add(streams.acts, { ...consumer, max_ack_pending: 200 } as never);
    const purges: number[] = [];
    const listener = nc.subscribe(`$JS.API.STREAM.PURGE.${streams.acts}`, {
      callback: (_, request) => void purges.push(request.json<{ seq: number }>().seq),
    });
    const mail = subjects.mailbox("catalog.a");
    for (let n = 0; n < 1_000; n++) nc.publish(mail, `{"n":${n}}`);
    await jetstream(nc).publish(subjects.mailbox("portal.a"), "{}"); // Of another consumer: not to be touched.
    const [heard, troubles]: [number[], string[]] = [[], []];
    const log = new OrderedLog({
      ...catalogLog(nc, jsm),
      onMessage: (message) => {
        heard.push(message.json<{ n: number }>().n);
        if (heard.length < 1_000) message.ack(); // The last one stays open.
      },
      onGap: () => {},
      onTrouble: (what) => void troubles.push(what),
    });
    await log.start();
    await expect.poll(() => heard.length, { timeout: 2_500 }).toBe(1_000);
    const left = async () => (await jsm.streams.info(streams.acts, { subjects_filter: ">" })).state.subjects;
    await expect.poll(left).toEqual({ "callboard.part.11.catalog.a": 1, "callboard.part.14.portal.a": 1 });
    expect(purges.length).toBeLessThan(50);
    const { num_ack_pending, num_pending } = await jsm.consumers.info(streams.acts, consumer.durable_name);
    expect([num_ack_pending, num_pending, troubles]).toEqual([1, 0, []]);
    await log.stop();
    const again: number[] = [];
    const next = new OrderedLog({
      ...catalogLog(other, await jetstreamManager(other)),
      onMessage: (message) => void again.push(message.json<{ n: number }>().n),
      onGap: () => {},
      onTrouble: () => {},
    });
    await next.start();
    await expect.poll(() => again).toEqual([999]);
    await next.stop();
    listener.unsubscribe();
  }));

test("asks again when a server answers that has not yet read what it stores", () =>
  onTwoLines(async (nc, _, jsm) => {
    await jsm.consumers.add(streams.acts, consumer as never);
    const { seq } = await jetstream(nc).publish(subjects.mailbox("catalog.a"), "{}");
    const heard: number[] = [];
    const logOf = (manager: JetStreamManager) =>
      new OrderedLog({
        ...catalogLog(nc, manager),
        onMessage: (message) => heard.push(message.seq),
        onGap: () => {},
        onTrouble: () => {},
      });
    const earlier = logOf(jsm);
    await earlier.start();
    await expect.poll(() => heard).toEqual([seq]);
    await earlier.stop();
    const nowhere = { consumer_seq: 0, stream_seq: 0 };
    const begun = withInfo(jsm, ({ stream_name, name, created, config }) => {
      const blank = { stream_name, name, created, config, delivered: nowhere, ack_floor: nowhere };
      return {
        ...blank,
        num_pending: 0,
        num_ack_pending: 0,
        num_redelivered: 0,
        num_waiting: 0,
      } as ConsumerInfo;
    });
    await expect(logOf(begun).start()).rejects.toThrow("only just begun");
    const later = logOf(jsm);
    await later.start();
    await expect.poll(() => heard).toEqual([seq, seq]);
    await later.stop();
  }));

test(
  "what nobody has acknowledged stays when readers take the log from each other, also when the stream's leader falls",
  () =>
    onCluster(async (nc, others, servers) => {
      const jsm = await jetstreamManager(nc, { timeout: 15_000 });
      await jsm.consumers.add(streams.acts, consumer as never);
      const readerOn = async (line: NatsConnection, heard: (seq: number) => void) => {
        const log: OrderedLog = new OrderedLog({
          ...catalogLog(line, await jetstreamManager(line, { checkAPI: false })),
          onMessage: ({ seq }) => heard(seq),
          onGap: () => {},
          onTrouble: () => {},
        });
        return log;
      };
      const readers = await Promise.all(others.map((line) => readerOn(line, () => {})));
      let sent = 0;
      let done = false;
      const publishing = (async () => {
        while (!done) {
          const some = Array.from({ length: 5 }, () => `{"n":${sent++}}`);
          await Promise.all(
            some.map((body) =>
              jetstream(nc).publish(subjects.mailbox("catalog.a"), body, { timeout: 15_000 }),
            ),
          );
          await new Promise((resolve) => setTimeout(resolve, 3)); // The consumer gives 10,000 at most.
        }
      })();
      for (let turn = 0; turn < 20; turn++) {
        await readers[turn % 2]?.start();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      done = true;
      await publishing;
      for (const reader of readers) await reader.stop();
      const { cluster } = await jsm.streams.info(streams.acts);
      await servers.find(({ port }) => cluster?.leader === `test-${port}`)?.kill();
      const heard: number[] = [];
      const last = await readerOn(nc, (seq) => heard.push(seq));
      const deadline = Date.now() + 40_000;
      while (heard.length < sent && Date.now() < deadline) {
        heard.length = 0;
        await last.start().catch(() => {}); // Until there is a leader again.
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      expect(heard.length).toBe(sent);
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      await last.stop();
    }),
  120_000,
);
