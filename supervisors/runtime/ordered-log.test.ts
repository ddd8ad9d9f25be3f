/** A partition's log: in order from the floor, and a gap is found even when it does not show. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { partitionConsumer, pinGroup } from "../../protocols/streams.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { provision } from "../storage/provision.ts";
import { startNats } from "../testkit/nats.ts";
import { OrderedLog } from "./ordered-log.ts";

test("finds out that mail went to an earlier reader who is asleep, and reads it from the floor", async () => {
  const nats = await startNats();
  const [sleeper, nc] = await Promise.all([connect(nats.connection()), connect(nats.connection())]);
  try {
    await provision(nc);
    const jsm = await jetstreamManager(nc);
    const consumer = { ...partitionConsumer("catalog", 0), filter_subject: "callboard.part.*.catalog.>" };
    await jsm.consumers.add(streams.acts, consumer as never);
    const heard: number[] = [];
    let wholeAgain = () => {};
    const done = new Promise<void>((resolve) => {
      wholeAgain = resolve;
    });
    const log = new OrderedLog({
      jsm,
      stream: streams.acts,
      consumer: consumer.durable_name,
      buffer: 100,
      onMessage: (message) => {
        heard.push(message.seq);
        message.ack();
        if (heard.length === 3) wholeAgain();
      },
      onGap: () => void log.stop().then(() => log.start()),
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
  } finally {
    await Promise.all([sleeper.close(), nc.close()]);
    await nats.stop();
  }
}, 40_000);
