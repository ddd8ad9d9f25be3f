/**
 * A simulated employee, over a real WebSocket and real HTTP: signs in, accepts, edits, completes, gives back, turns down,
 * loses the connection, changes the edge, or simply misses. Notes what the edge acknowledged, for the checker.
 */
import { setTimeout as wait } from "node:timers/promises";
import { openSocket, type SocketClient } from "../../edge/testkit/socket-client.ts";
import type { Random } from "./random.ts";
import type { Account } from "./world.ts";

/** A command that an edge answered with "done". */
export interface Acknowledged {
  readonly command: "draft" | "complete" | "return" | "reject";
  readonly employee: string;
  readonly application: string;
  readonly assignment: number;
  readonly resumeVersion: string | null;
}

/** A review that somebody meant to finish: the first try, epoch milliseconds, and when it was due. */
export interface Attempt {
  readonly employee: string;
  readonly application: string;
  readonly assignment: number;
  readonly firstTriedAt: number;
  readonly deadlineAt: number;
}

/** A review that somebody was shown and let pass, on purpose. */
export interface LetPass {
  readonly employee: string;
  readonly application: string;
  readonly assignment: number;
}

export interface Notes {
  readonly acknowledged: Acknowledged[];
  readonly attempts: Attempt[];
  readonly missed: LetPass[];
}

interface Offer {
  readonly application: string;
  readonly assignment: number;
  readonly deadlineAt: number;
}
interface Desk {
  readonly resume: Record<string, unknown>;
  readonly assignment: number;
  readonly questions: readonly string[];
}
interface MyState {
  readonly status: "away" | "free" | "reviewing" | "locked";
  readonly offer: Offer | null;
}

export interface ReviewerOptions {
  readonly account: Account;
  readonly edges: readonly { readonly port: number }[];
  readonly random: Random;
  readonly notes: Notes;
  readonly unlock: (employee: string) => Promise<void>;
  /** Of the reviews that come to them, how many they look at and let pass. */
  readonly missShare: number;
}

const requestMs = 8_000;

/** Logs in at one of the edges, for as long as it takes. */
export async function logIn(
  account: Account,
  edges: readonly { readonly port: number }[],
  isOver: () => boolean,
): Promise<string> {
  for (let n = 0; !isOver(); n++) {
    const edge = edges[n % edges.length];
    try {
      const response = await fetch(`http://127.0.0.1:${edge?.port}/api/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: account.email, password: account.password }),
        signal: AbortSignal.timeout(requestMs),
      });
      const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      await response.text();
      if (response.status === 200) return cookie;
    } catch {
      // That edge is down or paused: the other one, then this one again.
    }
    await wait(300);
  }
  return "";
}

export class Reviewer {
  /** From now on everything is completed at once, and nothing is missed that need not be. */
  diligent = false;
  readonly #options: ReviewerOptions;
  readonly #handled = new Set<string>();
  #socket: SocketClient | null = null;
  #edge: { readonly port: number } | undefined;
  #cookie = "";
  #state: MyState | null = null;
  #over = false;
  #commands = 0;
  #hasLetPass = false;
  #life: Promise<void> = Promise.resolve();

  constructor(options: ReviewerOptions) {
    this.#options = options;
  }

  start() {
    this.#life = this.#live();
  }

  async stop() {
    this.#over = true;
    this.#socket?.close();
    await this.#life;
  }

  async #live() {
    const { account, edges, random, unlock } = this.#options;
    this.#cookie = await logIn(account, edges, () => this.#over);
    while (!this.#over) {
      try {
        await this.#comeIn();
      } catch {
        await wait(300); // That edge is down: another one.
        continue;
      }
      let signedAt = 0;
      while (!this.#over && this.#socket !== null) {
        const state = this.#state;
        if (state?.status === "away" && Date.now() - signedAt > 2_000) {
          signedAt = Date.now();
          this.#command({ op: "sign-in" });
        }
        if (state?.status === "locked") await unlock(account.id);
        const { offer = null } = state ?? {};
        if (offer !== null && !this.#handled.has(keyOf(offer))) {
          this.#handled.add(keyOf(offer));
          await this.#handle(offer);
        }
        if (random.chance(0.002) && !this.diligent) this.#leave(); // A tunnel, a reload.
        await wait(100);
      }
    }
  }

  async #comeIn() {
    const edge = this.#options.random.pick(this.#options.edges);
    this.#edge = edge;
    const socket = await Promise.race([
      openSocket(edge.port, { cookie: this.#cookie }),
      wait(3_000).then(() => Promise.reject(new Error("The edge does not answer."))),
    ]);
    this.#socket = socket;
    this.#state = null;
    void socket.closed.then(() => {
      if (this.#socket === socket) this.#socket = null;
    });
    socket.onFrame((frame) => {
      if (frame.topic === "me") this.#state = frame.data as MyState;
    });
    socket.send({ op: "watch", epoch: null, topics: [{ topic: "me", seq: null }] });
    // Silence beyond the beat means a dead line: come in anew.
    void (async () => {
      while (this.#socket === socket && !this.#over) {
        if (performance.now() - socket.heardAt() > 20_000) return this.#leave();
        await wait(500);
      }
    })();
  }

  #leave() {
    this.#socket?.close();
    this.#socket = null;
  }

  #command(frame: object) {
    this.#socket?.send({ ...frame, id: `${this.#options.account.id}-${++this.#commands}-${Date.now()}` });
  }

  async #handle(offer: Offer) {
    const { random, notes, account, missShare } = this.#options;
    const about = {
      employee: account.id,
      application: offer.application,
      assignment: offer.assignment,
    };
    const plan = this.diligent ? 0 : random.next();
    if (plan > 0.96) return; // Never shown: it is released to somebody else.
    // Whoever forgets most lets the first one that they see pass, also after the faults: a run shall have misses to judge.
    if (this.diligent ? missShare > 0.5 && !this.#hasLetPass : random.chance(missShare)) {
      notes.missed.push(about);
      const seen = (await this.#call("GET", "/api/review", undefined, offer))?.review as Desk | null;
      if (seen?.assignment === offer.assignment) this.#hasLetPass = true;
      return;
    }
    await wait(this.diligent ? 0 : random.between(100, 2_500));
    if (plan > 0.78) {
      this.#leave();
      await wait(random.between(500, 6_000));
      await this.#comeIn().catch(() => this.#leave());
    }
    notes.attempts.push({ ...about, firstTriedAt: Date.now(), deadlineAt: offer.deadlineAt });
    const desk = await this.#call("GET", "/api/review", undefined, offer);
    const review = desk?.review as Desk | null | undefined;
    if (!review || review.assignment !== offer.assignment) return;
    const held = { application: offer.application, assignment: offer.assignment };
    if (plan > 0.72) return this.#do("return", "/api/review/return", held, about, offer);
    // What asks again and again the same is no job for this candidate.
    if (plan > 0.66 || offer.assignment > 5)
      return this.#do("reject", "/api/review/reject", { ...held, reason: "Not for them." }, about, offer);
    const basics = (review.resume.basics ?? {}) as Record<string, unknown>;
    const resume = {
      ...review.resume,
      basics: { ...basics, summary: `${basics.summary ?? ""} (${account.id}, ${offer.assignment})` },
    };
    if (plan > 0.4) await this.#do("draft", "/api/review/draft", { ...held, resume }, about, offer);
    const answers = review.questions.map((question) => ({ question, answer: "Yes" }));
    return this.#do("complete", "/api/review/complete", { ...held, resume, answers }, about, offer);
  }

  async #do(
    command: Acknowledged["command"],
    path: string,
    body: object,
    about: Omit<Acknowledged, "command" | "resumeVersion">,
    offer: Offer,
  ) {
    const answer = await this.#call(command === "draft" ? "PUT" : "POST", path, body, offer);
    if (answer?.ok !== true) return;
    const resumeVersion = typeof answer.resumeVersion === "string" ? answer.resumeVersion : null;
    this.#options.notes.acknowledged.push({ command, ...about, resumeVersion });
  }

  /** Tries until it is answered or the review is no longer ours. Null if it came to nothing. */
  async #call(method: string, path: string, body: unknown, offer: Offer) {
    while (!this.#over && Date.now() < offer.deadlineAt + 20_000) {
      try {
        const response = await fetch(`http://127.0.0.1:${this.#edge?.port}${path}`, {
          method,
          headers: {
            cookie: this.#cookie,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(requestMs),
        });
        const text = await response.text();
        if (response.status === 200) return JSON.parse(text) as Record<string, unknown>;
        if (response.status < 500 && response.status !== 429) return null; // Refused, with a reason.
      } catch {
        // That edge is down or too slow: the other one may not be.
      }
      this.#edge = this.#options.random.pick(this.#options.edges);
      await wait(250);
    }
    return null;
  }
}

const keyOf = ({ application, assignment }: Offer) => `${application} ${assignment}`;
