import { readFile } from "node:fs/promises";
import { PortalKind } from "../../protocols/portal-kind.ts";
import { type Command, UsageProblem } from "../command.ts";

/** Portals of whom we read what they share with others, and names in use. */
const otherNames: Readonly<Record<string, PortalKind>> = {
  ...{
    wwr: "weworkremotely",
    atom: "rss",
    feed: "rss",
    governmentjobs: "neogov",
    "json-ld": "jsonld",
    schema: "jsonld",
  },
  ...{ jobposting: "jsonld", ziprecruiter: "jsonld", breezy: "jsonld", icims: "jsonld", phenom: "jsonld" },
};

export const discover: Command = {
  summary: "read what a portal answers, from the web or a file, into postings",
  help: [
    "Asks the address as a node would (or reads a saved answer) and prints what it says as JSON, nothing else on stdout:",
    '{ portal, outcome: "postings" | "empty" | "blocked" | "changed", reason?, postings, rejected: [{ index, reason }] }.',
    "Of a board's page the list behind it is asked, one page of it.",
    "Exit codes: 0 for any answer, blocked or changed ones too; 1 if there is none (no such file, nobody answers); 2 for wrong options.",
    `Kinds: ${PortalKind.literals.join(", ")}.`,
  ].join("\n"),
  positionals: "<url|file>",
  options: {
    portal: { type: "string", value: "kind", about: "whose answer it is (default: found out)" },
    status: { type: "string", value: "200", about: "of a saved answer: its HTTP status" },
    "final-url": { type: "string", value: "u", about: "of a saved answer: its address after redirects" },
    json: { type: "boolean", about: "print JSON (it always does)" },
  },
  run: async ({ options, positionals }) => {
    const [source, ...rest] = positionals;
    if (source === undefined || rest.length > 0) throw new UsageProblem("give one address or one file");
    const { status, portal, "final-url": finalUrl } = options;
    const kind = kindOf(portal);
    if (typeof status === "string" && !/^[1-9]\d{2}$/.test(status))
      throw new UsageProblem(`--status takes a number such as 200, not ${JSON.stringify(status)}`);
    if (typeof finalUrl === "string" && !URL.canParse(finalUrl))
      throw new UsageProblem(
        `--final-url takes an address such as https://example.org/jobs, not ${JSON.stringify(finalUrl)}`,
      );
    const { shownReading } = await import("../../supervisors/capabilities/discovery/shown-reading.ts");
    const { readAnswer } = await import("../../supervisors/capabilities/discovery/reading/read-answer.ts");
    const answer = /^https?:\/\//i.test(source)
      ? await (await import("../../supervisors/capabilities/discovery/ask-once.ts")).askOnce(source, kind)
      : await savedAnswer(source, status, finalUrl);
    const reading = readAnswer({ ...answer, ...(kind === undefined ? {} : { kind }) });
    process.stdout.write(`${JSON.stringify(shownReading(reading, Date.now(), answer.url), null, 2)}\n`);
  },
};

function kindOf(portal: string | boolean | undefined): PortalKind | undefined {
  if (typeof portal !== "string") return undefined;
  const name = portal.toLowerCase();
  const kind =
    PortalKind.literals.find((one) => one === name) ??
    (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined);
  if (kind === undefined)
    throw new UsageProblem(
      `there is no portal ${JSON.stringify(portal)}; there are ${PortalKind.literals.join(", ")}`,
    );
  return kind;
}

async function savedAnswer(
  path: string,
  status: string | boolean | undefined,
  finalUrl: string | boolean | undefined,
) {
  const { decodedBody } = await import("../../supervisors/capabilities/discovery/reading/decoded-body.ts");
  const bytes = await readFile(path).catch((error: Error) => {
    throw new Error(`${path} could not be read: ${error.message}`);
  });
  return {
    body: decodedBody(bytes),
    status: typeof status === "string" ? Number(status) : 200,
    url: typeof finalUrl === "string" ? finalUrl : null,
  };
}
