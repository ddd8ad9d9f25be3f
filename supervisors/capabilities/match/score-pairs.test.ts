import { expect, test, vi } from "vitest";
import type { Embedder } from "../../../actors/matcher/capabilities.ts";
import { type FailedPair, scorePairs, type TextPair } from "./score-pairs.ts";

/** Stands in for the encoder, whose own test has the weights: letters counted, so that like words are alike. */
const embedder: Embedder = {
  embed: async (sentences) =>
    sentences.map((sentence) => {
      const vector = new Float32Array(26);
      for (const letter of sentence.toLowerCase()) {
        const at = letter.charCodeAt(0) - 97;
        if (at >= 0 && at < 26) vector[at] = (vector[at] ?? 0) + 1;
      }
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    }),
  close: async () => {},
};
const scoresOf = async (pairs: readonly TextPair[]) => {
  const scores: { id: string | number; score: number; reasons: readonly string[] }[] = [];
  for await (const outcome of scorePairs(embedder, pairs)) {
    if ("error" in outcome) throw new Error(outcome.error);
    const { id, match } = outcome;
    scores.push({ id, score: match.score, reasons: match.quality.reasons });
  }
  return scores;
};

const accountant = `STAFF ACCOUNTANT
Summary
Accountant who closes the books of four companies each month.
Experience
Staff Accountant Jan 2014 to Current
Reconciles bank accounts and the general ledger, prepares financial statements and tax returns.
Looks after accounts payable, accounts receivable and payroll; answers the auditors.
Education
Bachelor of Science, Accounting 2013`;
const cook = `LINE COOK
Experience
Line Cook Jan 2014 to Current
Prepares sauces, grills meat and fish, keeps the kitchen clean and trains apprentices.
Sous Chef 03/2010 to 12/2013
Planned menus for a restaurant with 80 seats and ordered the food.`;
const posting = `Senior Accountant
We make parcels arrive. You will run the monthly close and keep the general ledger in order.
Prepare financial statements, reconcile balance sheet accounts, work with the external auditors on tax and payroll.
Requirements
Experience in accounting
Knowledge of accounts payable and receivable`;

test("an accountant fits an accountant's posting, a cook does not, and the order stays", async () => {
  const scores = await scoresOf([
    { id: "b", resume_text: cook, jd_text: posting },
    { id: 7, resume_text: accountant, jd_text: posting },
  ]);
  expect(scores.map(({ id }) => id)).toEqual(["b", 7]);
  expect(scores[0]?.score).toBeLessThan(20);
  expect(scores[1]?.score).toBeGreaterThan(80);
});

test("a pair's score depends on its two texts alone", async () => {
  const pair = { id: "a", resume_text: accountant, jd_text: posting };
  const [alone] = await scoresOf([pair]);
  const many = await scoresOf([
    { id: "b", resume_text: cook, jd_text: posting },
    ...Array.from({ length: 140 }, (_, n) => ({ ...pair, resume_text: `${accountant}\nFile ${n}` })),
    pair,
  ]);
  expect(many.at(-1)).toEqual(alone);
});

test("pasted words do not bring a résumé to 90, nor help one of another trade", async () => {
  const words = [...new Set(posting.match(/[A-Za-z]{4,}/g))].join(", ");
  for (const stuffing of [`Keywords: ${words}`, posting, posting.replaceAll("\n", " ")]) {
    const [fit, other] = await scoresOf([
      { id: 1, resume_text: `${accountant}\n${stuffing}`, jd_text: posting },
      { id: 2, resume_text: `${cook}\n${stuffing}`, jd_text: posting },
    ]);
    expect(fit?.score).toBeLessThan(90);
    expect(other?.score).toBeLessThan(90);
    expect(other?.reasons.join()).toMatch(/posting's words|copied from the posting/);
  }
});

test("hostile text is scored, within the time that a test has", async () => {
  const long = "experience with ledgers ".repeat(220_000);
  for (const text of [
    long,
    "x".repeat(1_000_000),
    "\u0000\ud800\u202e".repeat(1000),
    "",
    "\n\n",
    "[".repeat(50_000),
  ]) {
    const scores = await scoresOf([
      { id: 1, resume_text: text, jd_text: posting },
      { id: 2, resume_text: accountant, jd_text: text },
    ]);
    for (const { score } of scores) expect(score >= 0 && score < 90).toBe(true);
  }
});

test("what can't be read or scored has an error in its place, and the others are scored", async () => {
  const failing: Embedder = {
    ...embedder,
    embed: async (sentences) => {
      if (sentences.includes("Cursed words of three")) throw new Error("the encoder failed");
      return embedder.embed(sentences);
    },
  };
  const good = { resume_text: accountant, jd_text: posting };
  const pairs: (TextPair | FailedPair)[] = [
    { id: 1, ...good },
    { id: null, error: "line 2 is no JSON" },
    { id: 3, resume_text: "Cursed words of three", jd_text: posting },
    { id: 4, ...good },
  ];
  const outcomes: unknown[] = [];
  for await (const outcome of scorePairs(failing, pairs))
    outcomes.push("error" in outcome ? outcome : outcome.id);
  expect(outcomes).toEqual([
    1,
    { id: null, error: "line 2 is no JSON" },
    { id: 3, error: "the encoder failed" },
    4,
  ]);
});

test("an answer comes as soon as it is there, and what is under way is bounded", async () => {
  let asked = 0;
  let answered = 0;
  async function* slowly() {
    for (; asked < 600; asked += 1) {
      expect(asked - answered).toBeLessThanOrEqual(257);
      yield { id: asked, resume_text: "Line cook for years", jd_text: posting };
    }
    // The source stays silent until all before is answered: who reads does not wait for more to come.
    await vi.waitFor(() => expect(answered).toBe(600), { timeout: 15_000 });
    yield { id: "last", resume_text: accountant, jd_text: posting };
  }
  for await (const { id } of scorePairs(embedder, slowly()))
    expect(id).toBe(answered++ < 600 ? answered - 1 : "last");
  expect(answered).toBe(601);
});
