/** `callboard score --resume --posting`: one pair with all its reasons. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Schema } from "effect";
import type { ScoredPosting } from "../../actors/matcher/scoring/posting-text.ts";
import {
  documentOf,
  documentOfText,
  type ResumeDocument,
} from "../../actors/matcher/scoring/resume-document.ts";
import { JsonResume } from "../../protocols/json-resume.ts";
import type { MatchScore } from "../../protocols/match-score.ts";
import { createEmbedder } from "../../supervisors/capabilities/embeddings/embedder.ts";
import { scoreDocument } from "../../supervisors/capabilities/embeddings/score-match.ts";
import { maxPostingBytes, readPostingFile } from "../../supervisors/capabilities/match/posting-file.ts";
import { scoringLexicon } from "../../supervisors/capabilities/match/scoring-lexicon.ts";
import { createFetcher } from "../../supervisors/capabilities/portal-http/fetcher.ts";
import { formatOf, maxFileBytes } from "../../supervisors/capabilities/resume-intake/file-format.ts";
import { readResume } from "../../supervisors/capabilities/resume-intake/read-resume.ts";

const decodeResume = Schema.decodeUnknownSync(JsonResume);

export async function scoreFiles(resume: string, posting: string, asJson: boolean): Promise<void> {
  const [document, asked] = [await readResumeFile(resume), await readPosting(posting)];
  const embedder = await createEmbedder();
  try {
    const match = await scoreDocument(embedder, asked, document, new Date());
    process.stdout.write(asJson ? `${JSON.stringify(match, null, 2)}\n` : reportOf(match));
  } finally {
    await embedder.close();
  }
}

/** As an upload is read: any format, in bounded time and memory. A refusal says what to do. */
async function readResumeFile(path: string): Promise<ResumeDocument> {
  const bytes = await bounded(path, maxFileBytes, "résumé");
  const { document, text } = await readResume(new Uint8Array(bytes), basename(path));
  const resume = decodeResume(document);
  const isJson = formatOf(new Uint8Array(bytes), basename(path)) === "json";
  return isJson ? documentOf(resume) : documentOfText(text, scoringLexicon().isWord, resume);
}

async function readPosting(place: string): Promise<ScoredPosting> {
  if (!/^https?:\/\//i.test(place)) return readPostingFile(await bounded(place, maxPostingBytes, "posting"));
  const fetcher = createFetcher({ maxBytes: maxPostingBytes });
  const { status, body } = await fetcher.get(place, { signal: AbortSignal.timeout(30_000) });
  if (status !== 200)
    throw new Error(`${place} answered ${status}: save the posting as a file and give that`);
  return readPostingFile(new TextEncoder().encode(body));
}

async function bounded(path: string, most: number, what: string): Promise<Buffer> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Error(`there is no ${what} ${path}`, { cause });
  });
  if (!found.isFile()) throw new Error(`the ${what} ${path} is no file`);
  if (found.size > most) throw new Error(`the ${what} ${path} is larger than ${most / 1024 / 1024} MB`);
  return readFile(path);
}

function reportOf({ score, version, parts, gates, quality }: MatchScore): string {
  const share = ({ weight, value }: { weight: number; value: number }) =>
    `${(weight * value).toFixed(1).padStart(5)} of ${weight.toFixed(0).padStart(2)}`;
  const lines = [
    `${score.toFixed(1)} of 100 (${version}); ${quality.passed ? "a machine may send it at 90 and more" : "a person has to look at it"}`,
    "",
    `  title         ${share(parts.title)}  ${parts.title.detail}`,
    `  meaning       ${share(parts.semantic)}  ${parts.semantic.detail}`,
    `  experience    ${share(parts.experience)}  ${parts.experience.detail}`,
  ];
  for (const [name, part] of [
    ["must-haves", parts.mustHaves],
    ["nice-to-haves", parts.niceToHaves],
  ] as const) {
    lines.push(
      `  ${name.padEnd(13)} ${share(part)}  ${part.found.length} found, ${part.missing.length} missing`,
    );
    for (const { requirement, evidence, how } of part.found)
      lines.push(`    + ${requirement}`, `      ${how ?? "keyword"}: ${evidence}`);
    for (const requirement of part.missing) lines.push(`    - ${requirement}`);
  }
  lines.push(
    "",
    ...gates.map(({ passed, name, reason }) => `  ${passed ? "ok  " : "stop"}  ${name}: ${reason}`),
  );
  return `${lines.join("\n")}\n`;
}
