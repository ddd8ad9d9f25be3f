/** The four workloads, written once against what each file in `peers/` exports. Each gives its figures by name. */
import { keysOf, tokens, verify } from "../../../dist/bench/peers/app.js";
import { atRate, bounded, median, now, percentile, sleep, until } from "./clock.mjs";

const size = { entities: 1_000, tokens: 100, seconds: 4, lowRate: 100, lowSeconds: 3 };

/** Hears the worker's records of `sent`: which hops were done, and when. */
function watch(rig, sent) {
  const hops = sent[0].left + 1;
  const heard = { total: sent.length * hops, done: new Set(), ends: [], again: 0, last: now() };
  const on = ({ turns }) => {
    for (const [tok, hop, end] of turns) {
      const key = tok * hops + hop;
      if (heard.done.has(key)) heard.again++;
      else {
        heard.done.add(key);
        heard.ends.push(end);
        heard.last = end;
      }
    }
  };
  rig.on("records", on);
  heard.stop = () => rig.off("records", on);
  return heard;
}

/** Per second, between the 5th and the 90th hundredth: without the start and the thinning tail. */
function steady(ends) {
  const sorted = Float64Array.from(ends).sort();
  const [from, to] = [Math.floor(sorted.length * 0.05), Math.floor(sorted.length * 0.9)];
  return ((to - from) * 1_000) / (sorted[to] - sorted[from]);
}

const send = (rig, sent) => bounded(sent.length, 50, (i) => rig.client.send(sent[i]));
const finished = (heard, withinMs) =>
  until("the last turn", () => heard.done.size >= heard.total, withinMs, 10);
const single = (i, space, mod) => ({
  id: i * 10,
  tok: 0,
  hop: 0,
  left: 0,
  space,
  idx: i % mod,
  mod,
});

/** w1, a durable turn: read the state, change it, store it, send one durable message on. */
async function w1(rig) {
  await bounded(200, 20, (i) => rig.client.turn(single(i, "w", 50)));
  // A first pass warms up and tells how many hops make a run of the wanted length.
  const first = tokens({ entities: size.entities, count: size.tokens, hops: 30, space: "ew" });
  const warm = watch(rig, first);
  await send(rig, first);
  await finished(warm, 60_000);
  warm.stop();
  const perEntity = Math.min(60, Math.max(3, Math.round((steady(warm.ends) * size.seconds) / size.entities)));
  const sent = tokens({
    ...size,
    count: size.tokens,
    hops: perEntity * (size.entities / size.tokens),
    space: "e",
  });
  const heard = watch(rig, sent);
  await send(rig, sent);
  await finished(heard, 60_000);
  heard.stop();
  await rig.client.settle?.();
  const { lost, twice } = verify(sent, await rig.client.read(keysOf(sent)));

  const committed = [];
  await atRate(size.lowRate * size.lowSeconds, size.lowRate, async (i, due) => {
    await rig.client.turn(single(i, "l", 200));
    committed.push(now() - due);
  });
  return {
    "turns/s": steady(heard.ends),
    "committed p50 ms": median(committed),
    "committed p99 ms": percentile(committed, 0.99),
    lost,
    twice,
  };
}

/** w2, assign: one dispatcher gives tasks round to 200 employees, who are done at once. */
async function w2(rig) {
  const [employees, waiting, rate, seconds] = [200, 500, 200, 4];
  const offers = [];
  rig.on("records", (message) => offers.push(...message.offers));
  await bounded(waiting, 64, (n) => rig.client.task({ n }));
  await rig.client.settle?.(waiting);
  await rig.client.online(Array.from({ length: employees }, (_, i) => i));
  await until("the last waiting task", () => offers.length >= waiting, 90_000, 10);
  const perSecond = steady(offers.map(([, , at]) => at));
  const twice = offers.length - new Set(offers.map(([n]) => n)).size;
  await sleep(1_000);
  offers.length = 0;
  const due = new Map();
  const base = 1_000_000;
  await atRate(rate * seconds, rate, (i, at) => {
    due.set(base + i, at);
    return rig.client.task({ n: base + i });
  });
  await until("the last task", () => offers.length >= rate * seconds, 30_000, 10).catch(() => {});
  const late = offers.flatMap(([n, , at]) => (due.has(n) ? [at - due.get(n)] : []));
  return {
    "assigned/s": perSecond,
    [`offered p50 ms at ${rate}/s`]: median(late),
    [`offered p99 ms at ${rate}/s`]: percentile(late, 0.99),
    lost: rate * seconds - late.length,
    twice,
  };
}

/** w3, timers: durable ones, each once, spread over some seconds. */
async function w3(rig) {
  const [timers, leadMs, spreadMs] = [2_000, 4_000, 4_000];
  const fires = [];
  rig.on("records", (message) => fires.push(...message.fires));
  await bounded(50, 20, (i) => rig.client.schedule(9_000_000 + i, Date.now() + 100));
  await sleep(1_000);
  const first = Date.now() + leadMs;
  const began = now();
  await bounded(timers, 64, (i) => {
    const n = (i * 787) % timers; // Not in the order in which they are due.
    return rig.client.schedule(n, Math.round(first + (n * spreadMs) / timers));
  });
  const took = now() - began;
  const mine = () => fires.filter(([n]) => n < timers);
  await until("the last timer", () => mine().length >= timers, leadMs + spreadMs + 20_000, 100).catch(
    () => {},
  );
  const late = mine().map(([, ms]) => ms);
  const distinct = new Set(mine().map(([n]) => n)).size;
  return {
    "scheduled/s": (timers * 1_000) / took,
    "late p50 ms": median(late),
    "late p99 ms": percentile(late, 0.99),
    lost: timers - distinct,
    twice: late.length - distinct,
  };
}

/** w4, recovery: kill -9 of the worker, or of the server, in the middle of w1; started again at once. */
async function w4(rig, kill) {
  await bounded(100, 20, (i) => rig.client.turn(single(i, "w", 50)));
  const sent = tokens({ ...size, count: size.tokens, hops: 60, space: "e" });
  const heard = watch(rig, sent);
  await send(rig, sent);
  await until("the middle", () => heard.done.size >= heard.total * 0.3, 60_000, 1);
  const killed = now();
  if (kill === "worker") {
    await rig.killWorker();
    await rig.startWorker();
  } else await rig.server.kill9();
  if (kill === "server") await rig.server.restart();
  const outcome = await finished(heard, 60_000).then(
    () => "all done",
    () => "not within 60 s",
  );
  heard.stop();
  await sleep(500);
  const { lost, twice } = verify(sent, await rig.client.read(keysOf(sent)));
  const after = heard.ends.filter((end) => end > killed + 40).sort((a, b) => a - b);
  return {
    "first turn after ms": after[0] === undefined ? null : after[0] - killed,
    "all done after ms": outcome === "all done" ? heard.last - killed : null,
    lost,
    twice,
  };
}

export const workloads = {
  w1,
  w2,
  w3,
  "w4-worker": (rig) => w4(rig, "worker"),
  "w4-server": (rig) => w4(rig, "server"),
};
