/** SmartRecruiters: a paged list without texts, and a detail for each. An unknown company looks like one without jobs. */
import type { Salary } from "../../../../protocols/posting.ts";
import type { PortalAdapter } from "../adapter.ts";
import { changed } from "../reading/answer.ts";
import { isoDate } from "../reading/dates.ts";
import { Closed, type Draft, readRows, rowOf } from "../reading/listing.ts";
import { at, type Fields, firstText, flagOf, isFields, listOf, textOf } from "../reading/loose-json.ts";
import { payFromText } from "../reading/pay-text.ts";
import { firstRemote, placeOf, remoteFlags, remoteFrom, tidyPlace } from "../reading/places.ts";

/** The most that the API gives at once. */
const pageSize = 100;

export const smartrecruiters: PortalAdapter = {
  kind: "smartrecruiters",
  knows: ({ json }) =>
    (Array.isArray(at(json, "content")) && at(json, "totalFound") !== undefined) || isPosting(json),
  read: ({ json }) => {
    const rows = isPosting(json) ? [json] : at(json, "content");
    if (!Array.isArray(rows))
      return changed(firstText(at(json, "message"), "It is no list of SmartRecruiters postings."));
    const total = at(json, "totalFound");
    if (rows.length === 0 && typeof total === "number" && total > 0 && !(Number(at(json, "offset")) > 0))
      return changed(`It says ${total} postings and lists none.`);
    return readRows(rows, toDraft, {
      none: "No postings; a company that does not exist answers the same way, so the name may be wrong.",
      total: typeof total === "number" ? total : null,
    });
  },
  ask: ({ url }, { offset }) => {
    const list = new URL(url);
    list.searchParams.set("limit", String(pageSize));
    list.searchParams.set("offset", String(offset));
    return { url: list.href };
  },
  paged: true,
  detail: ({ externalId }, { url }) => ({
    url: `${url.replace(/[?#].*$/, "").replace(/\/$/, "")}/${encodeURIComponent(externalId)}`,
  }),
};

const isPosting = (value: unknown): boolean =>
  isFields(value) &&
  ("jobAd" in value || ("refNumber" in value && "releasedDate" in value) || "postingUrl" in value);

function toDraft(row: unknown): Draft | null {
  const posting = rowOf(row);
  if (flagOf(posting.active) === false) throw new Closed("It is no longer active.", posting.id);
  if (textOf(posting.visibility) === "INTERNAL") return null;
  const place =
    tidyPlace(textOf(at(posting, "location", "fullLocation"))) ||
    placeOf(
      at(posting, "location", "city"),
      at(posting, "location", "region"),
      at(posting, "location", "country"),
    );
  const company = textOf(at(posting, "company", "identifier"));
  const id = textOf(posting.id);
  const page =
    company === "" || id === ""
      ? ""
      : `https://jobs.smartrecruiters.com/${encodeURIComponent(company)}/${encodeURIComponent(id)}`;
  return {
    id,
    title: posting.name,
    company: firstText(at(posting, "company", "name"), company),
    locations: [place],
    remote: firstRemote(
      remoteFlags(flagOf(at(posting, "location", "remote")), flagOf(at(posting, "location", "hybrid"))),
      remoteFrom([place]),
    ),
    employmentType: at(posting, "typeOfEmployment", "label"),
    salary: salaryIn(posting),
    datePosted: isoDate(posting.releasedDate),
    description: sectionsOf(posting),
    language: at(posting, "language", "code"),
    url: firstText(posting.postingUrl, page),
    applyUrl: firstText(posting.applyUrl),
  };
}

function sectionsOf(posting: Fields): string {
  const sections = at(posting, "jobAd", "sections");
  return ["companyDescription", "jobDescription", "qualifications", "additionalInformation"]
    .map((key) => [textOf(at(sections, key, "title")), textOf(at(sections, key, "text"))] as const)
    .filter(([, text]) => text !== "")
    .map(([title, text]) => `${title === "" ? "" : `<h3>${title}</h3>`}${text}`)
    .join("\n");
}

/** Employers put it into a field of their own as text, sometimes as an empty range ("-"). */
function salaryIn(posting: Fields): Salary | null {
  const field = listOf(posting.customField).find((one) =>
    /salar|\bpay\b|compensation|remuneration|gehalt|vergütung|salaire|maaş|wage/i.test(
      textOf(at(one, "fieldLabel")),
    ),
  );
  return field === undefined
    ? null
    : payFromText(textOf(at(field, "valueLabel")), { unit: textOf(at(field, "fieldLabel")) });
}
