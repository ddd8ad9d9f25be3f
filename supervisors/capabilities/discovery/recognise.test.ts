import fc from "fast-check";
import { expect, test } from "vitest";
import { recognise } from "./recognise.ts";

const cases: readonly (readonly [address: string, adapter: string, url: string])[] = [
  ["https://boards.greenhouse.io/acme", "greenhouse", "https://boards-api.greenhouse.io/v1/boards/acme/jobs"],
  [
    "https://job-boards.eu.greenhouse.io/acme/jobs/4965884101",
    "greenhouse",
    "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
  ],
  [
    "https://boards.greenhouse.io/embed/job_board?for=acme",
    "greenhouse",
    "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
  ],
  [
    "http://127.0.0.1:7075/v1/boards/northwind/jobs?content=true",
    "greenhouse",
    "http://127.0.0.1:7075/v1/boards/northwind/jobs",
  ],
  ["https://jobs.lever.co/Acme/1-2/apply", "lever", "https://api.lever.co/v0/postings/Acme?mode=json"],
  ["https://jobs.eu.lever.co/acme", "lever", "https://api.eu.lever.co/v0/postings/acme?mode=json"],
  [
    "https://jobs.ashbyhq.com/Acme%20Labs/9",
    "ashby",
    "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs?includeCompensation=true",
  ],
  [
    "https://careers.smartrecruiters.com/AcmeGroup/de",
    "smartrecruiters",
    "https://api.smartrecruiters.com/v1/companies/AcmeGroup/postings",
  ],
  [
    "https://acme.wd3.myworkdayjobs.com/en-US/Careers/job/Berlin/Cook_R-1",
    "workday",
    "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/jobs",
  ],
  [
    "https://wd5.myworkdaysite.com/de-DE/recruiting/acme/External",
    "workday",
    "https://wd5.myworkdaysite.com/wday/cxs/acme/External/jobs",
  ],
  [
    "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/jobs",
    "workday",
    "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers/jobs",
  ],
  [
    "https://apply.workable.com/acme/j/0DA49B0B28/",
    "workable",
    "https://apply.workable.com/api/v1/widget/accounts/acme?details=true",
  ],
  ["https://acme.recruitee.com/o/cook", "recruitee", "https://acme.recruitee.com/api/offers/"],
  ["https://jobs.acme.com/api/offers", "recruitee", "https://jobs.acme.com/api/offers/"],
  ["https://acme.teamtailor.com/jobs/1-cook", "teamtailor", "https://acme.teamtailor.com/jobs.json"],
  ["https://careers.acme.com/jobs.rss", "teamtailor", "https://careers.acme.com/jobs.rss"],
  ["https://acme.jobs.personio.de/job/12?language=de", "personio", "https://acme.jobs.personio.de/xml"],
  ["https://acme.bamboohr.com/careers/12", "bamboohr", "https://acme.bamboohr.com/careers/list"],
  [
    "https://ats.rippling.com/en-GB/acme/jobs",
    "rippling",
    "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs",
  ],
  [
    "https://acme.eightfold.ai/careers",
    "eightfold",
    "https://acme.eightfold.ai/api/apply/v2/jobs?domain=acme.com",
  ],
  ["https://acme.pinpointhq.com/en/postings/1", "pinpoint", "https://acme.pinpointhq.com/postings.json"],
  ["https://jobs.jobvite.com/acme/job/octx", "jobvite", "https://jobs.jobvite.com/acme/jobs"],
  [
    "https://www.governmentjobs.com/careers/acme/jobs/4",
    "neogov",
    "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=acme",
  ],
  [
    "https://weworkremotely.com/categories/remote-back-end-programming-jobs",
    "weworkremotely",
    "https://weworkremotely.com/categories/remote-back-end-programming-jobs.rss",
  ],
  ["https://remoteok.com/remote-dev-jobs", "remoteok", "https://remoteok.com/api"],
  [
    "https://tr.linkedin.com/jobs/view/cook-at-acme-4300123456?refId=x",
    "linkedin",
    "https://www.linkedin.com/jobs-guest/jobs/api/jobPosting/4300123456",
  ],
  [
    "https://www.linkedin.com/jobs/search?keywords=cook&location=Rome&trk=x",
    "linkedin",
    "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search?keywords=cook&location=Rome",
  ],
  ["https://uk.indeed.com/jobs?q=cook", "indeed", "https://uk.indeed.com/jobs?q=cook"],
  ["https://www.glassdoor.com.br/Vaga/x.htm", "glassdoor", "https://www.glassdoor.com.br/Vaga/x.htm"],
  ["https://www.glassdoor.co.uk/Job/x.htm", "glassdoor", "https://www.glassdoor.co.uk/Job/x.htm"],
  ["https://example.org/jobs/feed/", "rss", "https://example.org/jobs/feed/"],
  ["https://example.org/careers#open", "jsonld", "https://example.org/careers"],
  ["https://www.workable.com/", "jsonld", "https://www.workable.com/"],
];

test.each(cases)("%s is %s", (address, adapter, url) => {
  expect(recognise(address)).toMatchObject({ adapter, url });
});

test("the address it makes is recognised as itself", () => {
  for (const [, adapter, url] of cases) expect(recognise(url)).toMatchObject({ adapter, url });
});

test("says whose terms forbid it, names an actor, and takes no part of the name for the company's", () => {
  expect(recognise("https://indeed.com/jobs?q=x")).toMatchObject({
    forbiddenByTerms: true,
    portal: "indeed",
  });
  expect(recognise("https://jobs.lever.co/Acme")).toMatchObject({
    forbiddenByTerms: false,
    portal: "lever-acme",
    token: "Acme",
  });
  for (const no of ["", "acme", "ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd"])
    expect(recognise(no)).toBeNull();
});

test("answers for any address", () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (address) => {
      const found = recognise(address);
      if (found !== null) {
        expect(URL.canParse(found.url)).toBe(true);
        expect(found.portal).toMatch(/^[a-z][a-z0-9-]*$/);
      }
    }),
    { numRuns: 1_000 },
  );
});
