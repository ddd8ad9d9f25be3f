/** The portal's state, put together from its journal: postings, applications, rules of misbehaviour. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Inbox } from "./inbox.ts";
import { type Journal, openJournal } from "./journal.ts";
import { type ModeRequest, type Paths, type Rule, ruleFor, withRule } from "./misbehaviour.ts";
import { type Listing, Postings } from "./postings.ts";

export class Portal {
  readonly inbox: Inbox;
  readonly postings: Postings;
  readonly secret: string;
  readonly #journal: Journal;
  #rules: readonly Rule[] = [];

  constructor(dataDir: string | null, seed: number, now: number) {
    this.#journal = openJournal(dataDir === null ? null : join(dataDir, "journal.jsonl"));
    let opened = this.#journal.entries.find((one) => one.type === "Opened");
    if (opened === undefined) {
      opened = { type: "Opened", at: now, seed, secret: randomBytes(32).toString("hex") };
      this.#journal.append(opened, "durable");
    }
    this.secret = opened.secret;
    this.postings = new Postings(opened.seed, opened.at);
    this.inbox = new Inbox(this.#journal, dataDir);
    for (const entry of this.#journal.entries) {
      if (entry.type === "PostingAppeared") this.postings.appear(entry.sequence, entry.at);
      if (entry.type === "RulesSet") this.#rules = entry.rules;
    }
  }

  /** The next opening of the endless pool becomes visible. */
  newOpening(now: number): readonly Listing[] {
    const sequence = this.postings.nextSequence;
    this.#journal.append({ type: "PostingAppeared", at: now, sequence });
    return this.postings.appear(sequence, now);
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  setMode(request: ModeRequest, now: number): readonly Rule[] {
    return this.#setRules(withRule(this.#rules, request, now));
  }

  /** Which rule this request falls under; counts it. */
  misbehave(company: string, path: Exclude<Paths, "all">, now: number): Rule | null {
    if (this.#rules.length === 0) return null;
    const { rule, remaining } = ruleFor(this.#rules, company, path, now);
    if (remaining.length !== this.#rules.length || remaining.some((one, index) => one !== this.#rules[index]))
      this.#setRules(remaining);
    return rule;
  }

  close(): void {
    this.#journal.close();
  }

  #setRules(rules: readonly Rule[]): readonly Rule[] {
    this.#rules = rules;
    this.#journal.append({ type: "RulesSet", rules });
    return rules;
  }
}
