/** Where the work is: places as a portal writes them, and whether it may be done from elsewhere. */
import type { RemoteKind } from "../../../../protocols/posting.ts";
import { textOf } from "./loose-json.ts";

/** Of the parts of an address, from small to large; what is missing or repeated is left out. */
export function placeOf(...parts: readonly unknown[]): string {
  const said = parts.map(textOf).filter((part) => part !== "");
  return said.filter((part, i) => said.findIndex((one) => same(one, part)) === i).join(", ");
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A place in one text, without the gaps that empty parts leave: "Bursa, , Turkey". */
export const tidyPlace = (text: string): string =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(", ");

const remoteWords =
  "remote|remoto|remota|remotely|télétravail|teletravail|à distance|teletrabajo|teletrabalho|home ?office|work from home|wfh|" +
  "anywhere(?: in the world)?|worldwide|trabalho remoto|en remoto|a distancia|uzaktan|zdaln\\w+|fjernarbejde|distansarbete|distans|" +
  "thuiswerk\\w*|da remoto|telecommute|100 ?% remote|удал[её]нн\\w*|远程|遠端|リモート|在宅|재택(?:근무)?|원격(?:근무)?";
const remoteStart = new RegExp(
  `^[^\\p{L}\\d]*(?:(?:fully|full|100 ?%|nur|only) )?(?:${remoteWords})(?![\\p{L}\\d])`,
  "iu",
);
const remoteEnd = new RegExp(`(?<![\\p{L}\\d])(?:${remoteWords})[^\\p{L}\\d]*$`, "iu");
const hybridWord =
  /(?<![\p{L}])(?:hybrid\p{L}*|h[ií]brid[oa]s?|hibrit|ibrid[oa]|hybryd\p{L}*|гибрид\p{L}*|ハイブリッド|하이브리드)(?![\p{L}])/iu;

/** Where the work is done, if the place itself says so; words in the text are no proof. */
export function remoteFrom(places: readonly string[]): RemoteKind {
  const said = places.filter((place) => place.trim() !== "");
  if (said.some((place) => hybridWord.test(place))) return "hybrid";
  const remote = said.filter(
    (place) => (remoteStart.test(place) || remoteEnd.test(place)) && !/\bor\b|\boder\b|\bou\b/i.test(place),
  );
  if (remote.length > 0) return remote.length === said.length ? "yes" : "unknown";
  return "unknown";
}

/** The words portals use in a field of its own: "Hybrid", "on-site", "ORA_REMOTE", "fully". Hybrid is not remote. */
export function remoteOf(value: unknown): RemoteKind {
  const word = textOf(value)
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
  if (word === "" || /\b(?:unspecified|unknown|none given)\b/.test(word)) return "unknown";
  if (hybridWord.test(word) || /\b(?:partly|partially) remote\b/.test(word)) return "hybrid";
  if (/\b(?:no|not|non)\b.*\bremote\b/.test(word)) return "no";
  if (
    /\b(?:on ?site|in ?office|office|onsite|in person|presencial|sur site|vor ort|ofis\p{L}*)\b/u.test(word)
  )
    return "no";
  if (remoteStart.test(word) || remoteEnd.test(word) || /\b(?:remote|fully|telecommute)\b/.test(word))
    return "yes";
  return "unknown";
}

/** The first that says something. */
export const firstRemote = (...kinds: readonly RemoteKind[]): RemoteKind =>
  kinds.find((kind) => kind !== "unknown") ?? "unknown";

/** From flags: hybrid counts before remote, since hybrid is not remote. */
export function remoteFlags(
  remote: boolean | null,
  hybrid: boolean | null,
  onSite: boolean | null = null,
): RemoteKind {
  if (hybrid === true || (remote === true && onSite === true)) return "hybrid";
  if (remote === true) return "yes";
  return onSite === true || remote === false ? "no" : "unknown";
}

/**
 * "Engineer (Remote)", "Manager (Chicago/Hybrid)", "DevOps Engineer - Remote Work": a mark in brackets or at the end is the
 * employer's word, if it is the only one. It must be the whole mark: "(Remote Sensing)" is a field of work.
 */
export function remoteInTitle(title: string): RemoteKind {
  const marks = [...title.matchAll(/[([]([^)\]]{1,60})[)\]]/g)].map(([, mark = ""]) => mark);
  const end = /\s[-–—|]\s*([^-–—|()[\]]{1,60})$/.exec(title)?.[1] ?? "";
  const kinds = new Set(
    [...marks, end]
      .flatMap((mark) => mark.split(/[/|,;]/))
      .map(remoteInMark)
      .filter((kind) => kind !== "unknown"),
  );
  return kinds.size === 1 ? ([...kinds][0] ?? "unknown") : "unknown";
}

/** Words that turn the mark into a field of work: "(Remote Sensing)", "(Hybrid Cloud)". */
const fieldOfWork =
  /\b(?:remote|home office|hybrid)\s+(?:sens\w+|control\w*|monitor\w*|support|access|patient\w*|operat\w+|cloud\w*|infrastructure|teams?|learning|care|vehicles?|power\w*|energy|systems?)\b/i;
const onSiteMark =
  /^\W*(?:on[ -]?site|in[ -]?(?:the )?office|in[ -]person|vor ort|presencial|sur site)\b|\b(?:no|not|non)\b/iu;

function remoteInMark(mark: string): RemoteKind {
  if (fieldOfWork.test(mark)) return "unknown";
  const kind = remoteOf(mark);
  if (kind === "yes") return remoteFrom([mark]);
  return kind === "no" && !onSiteMark.test(mark) ? "unknown" : kind;
}
