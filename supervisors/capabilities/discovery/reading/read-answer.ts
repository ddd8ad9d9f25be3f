/**
 * One answer of a portal, read: whose it is, and which of the four outcomes it has. Never throws. A block is told from an
 * empty list before anything else, and a page that carries signs of a wall is still read if it has postings.
 */
import type { PortalKind } from "../../../../protocols/portal-kind.ts";
import { detourOf, refusalOf, wallIn } from "../../portal-http/blocked.ts";
import { adapters } from "../adapters/all-adapters.ts";
import { jsonldReader } from "../adapters/jsonld-reader.ts";
import { recognise } from "../recognise.ts";
import { type Answer, blocked, changed, empty, type PortalReader, type Reading } from "./answer.ts";
import { reasonOf } from "./listing.ts";
import { parseJson } from "./loose-json.ts";
import { isHtml } from "./page-facts.ts";

const readers: readonly PortalReader[] = [...adapters, jsonldReader];

export interface SavedAnswer {
  readonly body: string;
  /** Default 200. */
  readonly status?: number;
  /** After redirects, if known. */
  readonly url?: string | null;
  /** Default: found out from the body, else from the address. */
  readonly kind?: PortalKind;
}

/** Beyond this an answer is not read: no portal's list comes near. */
export const maxBody = 30_000_000;

export function readAnswer(saved: SavedAnswer): Reading & { readonly portal: PortalKind | "unknown" } {
  const { body, status = 200 } = saved;
  const address = saved.url ?? "";
  const url = URL.canParse(address) ? new URL(address) : null;
  const reader = saved.kind === undefined ? undefined : readers.find(({ kind }) => kind === saved.kind);
  const refusal = refusalOf(status) ?? detourOf(address);
  if (body.length > maxBody)
    return {
      ...changed(`The answer is longer than ${maxBody} characters.`),
      portal: reader?.kind ?? "unknown",
    };
  const answer: Answer = { body, status, url, json: parseJson(body) };
  const found = reader ?? whose(answer, address);
  const portal = found?.kind ?? "unknown";
  if (refusal !== null) return { ...blocked(refusal), portal };
  return { ...safely(answer, found ?? nobodys), portal };
}

/** Reads what no adapter knows, which may still be a wall or a failure. */
const nobodys: PortalReader = {
  kind: "jsonld",
  knows: () => false,
  read: ({ json }) =>
    changed(
      `It is ${json === undefined ? "neither JSON, nor a feed, nor a page" : "JSON, but of no portal that we know"}.`,
    ),
};

function safely(answer: Answer, reader: PortalReader): Reading {
  try {
    return judged(answer, reader);
  } catch (error) {
    // Too deep for the stack, or a mistake of ours: either way it was not understood, and the caller has to hear so.
    return changed(`It could not be read: ${reasonOf(error)}`);
  }
}

function judged(answer: Answer, reader: PortalReader): Reading {
  const { body, status } = answer;
  if (status >= 300) return afterFailure(answer, reader);
  const reading = reader.read(answer);
  if (reading.outcome !== "changed") return reading;
  // The portal's own page of a job, where its API was expected.
  if (reader !== jsonldReader && answer.json === undefined && isHtml(body)) {
    const page = jsonldReader.read(answer);
    if (page.outcome === "postings") return page;
  }
  const wall = wallIn(body);
  if (wall !== null && reading.rejected.length === 0) return blocked(`The portal shows ${wall} (${status}).`);
  if (body.trim() === "") return changed(`The answer is empty (${status}).`);
  if (isBrokenJson(answer)) return changed("It begins as JSON but is none: cut off, or damaged on its way.");
  return reading;
}

function afterFailure({ status, body, json }: Answer, { kind }: PortalReader): Reading {
  const wall = wallIn(body);
  if (wall !== null) return blocked(`The portal shows ${wall} (${status}).`);
  if (status >= 500) return blocked(`The portal failed (${status}): this says nothing about its postings.`);
  if (status === 304) return empty("Nothing has changed since the last look (304).");
  // Guest search ends so, past the last page.
  if (kind === "linkedin" && status === 400) return empty("Past the end of the results (400).");
  const error = /"(?:error|message|errorMessage)"\s*:\s*"([^"]{1,200})"/.exec(
    json === undefined ? "" : body,
  )?.[1];
  return changed(
    status < 400
      ? `The portal sends us elsewhere (${status}).`
      : `It answered ${status}${error === undefined ? "" : ` (${error})`}: is the address still right?`,
  );
}

/** What is left of a list may be half of it: it proves nothing, however much can still be read. */
const isBrokenJson = ({ json, body }: Answer) => json === undefined && /^\uFEFF?\s*[[{]/.test(body);

/** By what the answer looks like; else by its address; nobody's if neither tells. */
function whose(answer: Answer, address: string): PortalReader | undefined {
  const known = adapters.find((reader) => {
    try {
      return reader.knows(answer);
    } catch {
      return false; // What cannot even be looked at is not this portal's.
    }
  });
  if (known !== undefined) return known;
  const adapter =
    recognise(address)?.adapter ??
    (jsonldReader.knows(answer) || (answer.json === undefined && !isBrokenJson(answer) && isHtml(answer.body))
      ? "jsonld"
      : undefined);
  return readers.find(({ kind }) => kind === adapter);
}
