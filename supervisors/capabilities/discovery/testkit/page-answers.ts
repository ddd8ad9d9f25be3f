/** Pages and feeds as portals write them. */
import { answerOf, type SmallAnswer, text, twice, usd } from "./small-answer.ts";

const html = (body: string, title = "Jobs") =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

export const pageAnswers: readonly SmallAnswer[] = [
  answerOf(
    "linkedin",
    "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search?keywords=lamp",
    twice(
      (id, title) =>
        `<li><div class="base-card job-search-card" data-entity-urn="urn:li:jobPosting:4000000${id}"><a class="base-card__full-link" href="https://www.linkedin.com/jobs/view/x-4000000${id}?position=1&amp;refId=a"></a><h3 class="base-search-card__title"> ${title} </h3><h4 class="base-search-card__subtitle"><a>Beacon</a></h4><span class="job-search-card__location">Porto, Portugal</span><time class="job-search-card__listdate--new" datetime="2026-08-03">1 hour ago</time></div></li>`,
    ).join("\n"),
    {
      ...{ id: "4000000101", company: "Beacon", location: "Porto, Portugal", datePosted: "2026-08-03" },
      url: "https://www.linkedin.com/jobs/view/x-4000000101",
    },
  ),
  answerOf(
    "glassdoor",
    "https://www.glassdoor.co.uk/Job/jobs.htm",
    html(
      twice(
        (id, title) =>
          `<li data-test="jobListing" data-jobid="${id}"><span class="EmployerProfile_compactEmployerName__x">Beacon</span><a data-test="job-title" href="https://www.glassdoor.co.uk/job-listing/x.htm?jl=${id}">${title}</a><div data-test="emp-location">Porto</div><div data-test="detailSalary">£40K - £50K (Employer provided)</div><div data-test="job-age">30d+</div></li>`,
      ).join(""),
      "2 jobs | Glassdoor",
    ),
    {
      ...{ company: "Beacon", location: "Porto", datePosted: null },
      salary: { min: 40_000, max: 50_000, currency: "GBP", unit: null },
    },
  ),
  answerOf(
    "personio",
    "https://beacon.jobs.personio.de/xml",
    `<?xml version="1.0"?><workzag-jobs>${twice(
      (id, title) =>
        `<position><id>${id}</id><subcompany>Beacon GmbH</subcompany><office>Porto</office><additionalOffices><office>Braga</office></additionalOffices><name>${title}</name><jobDescriptions><jobDescription><name>Tasks</name><value><![CDATA[${text}]]></value></jobDescription></jobDescriptions><createdAt>2026-08-03T09:00:00+00:00</createdAt></position>`,
    ).join("")}</workzag-jobs>`,
    { company: "Beacon GmbH", location: "Porto; Braga", url: "https://beacon.jobs.personio.de/job/101" },
  ),
  answerOf(
    "neogov",
    "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency=beacon",
    `<?xml version="1.0"?><rss xmlns:joblisting="http://www.neogov.com/namespaces/JobListing"><channel><title>Beacon</title>${twice(
      (id, title) =>
        `<item><link>https://www.governmentjobs.com/careers/beacon/jobs/${id}</link><title>${title}</title><joblisting:jobId>${id}</joblisting:jobId><joblisting:location>Porto</joblisting:location><joblisting:minimumSalary>30</joblisting:minimumSalary><joblisting:maximumSalary>40</joblisting:maximumSalary><joblisting:salaryCurrency>USD</joblisting:salaryCurrency><joblisting:salaryInterval>Hour</joblisting:salaryInterval></item>`,
    ).join("")}</channel></rss>`,
    { company: "Beacon", location: "Porto", salary: usd(30, 40, "hour") },
  ),
  answerOf(
    "weworkremotely",
    "https://weworkremotely.com/categories/lamps.rss",
    `<?xml version="1.0"?><rss><channel><title>We Work Remotely</title>${twice(
      (id, title) =>
        `<item><guid>${id}</guid><link>https://weworkremotely.com/remote-jobs/${id}</link><title>Beacon: ${title}</title><region>Anywhere in the World</region><pubDate>Mon, 03 Aug 2026 09:00:00 +0000</pubDate><description>&lt;p&gt;Keep the lamp lit.&lt;/p&gt;</description></item>`,
    ).join("")}</channel></rss>`,
    {
      company: "Beacon",
      remote: "yes",
      datePosted: "2026-08-03T09:00:00Z",
      description: "Keep the lamp lit.",
    },
  ),
  answerOf(
    "rss",
    "https://jobs.example.org/feed.atom",
    `<feed><title>Jobs</title>${twice(
      (id, title) =>
        `<entry><id>${id}</id><title>${title}</title><link href="/jobs/${id}"/><published>2026-08-03T09:00:00Z</published><summary>Keep it lit.</summary></entry>`,
    ).join("")}</feed>`,
    {
      company: "",
      url: "https://jobs.example.org/jobs/101",
      datePosted: "2026-08-03T09:00:00Z",
      salary: null,
    },
  ),
  answerOf(
    "paylocity",
    "https://recruiting.paylocity.com/recruiting/jobs/All/0/beacon",
    html(
      `<script>window.pageData = ${JSON.stringify({
        ModuleTitle: "Beacon",
        Jobs: twice((id, title) => ({
          ...{
            JobId: Number(id),
            JobTitle: title,
            LocationName: "Hybrid",
            IsRemote: false,
            PublishedDate: "2026-08-03T09:00:00-05:00",
          },
          JobLocation: { City: "Porto", Country: "Portugal" },
        })),
      })};</script>`,
    ),
    {
      company: "Beacon",
      location: "Porto, Portugal",
      remote: "hybrid",
      datePosted: "2026-08-03T09:00:00-05:00",
    },
  ),
  answerOf(
    "jobvite",
    "https://jobs.jobvite.com/beacon/jobs",
    html(
      `<table class="jv-job-list">${twice(
        (id, title) =>
          `<tr><td><a href="/beacon/job/oAbCd${id}">${title}</a></td><td class="jv-job-list-location">Porto, Portugal</td></tr>`,
      ).join("")}</table>`,
    ),
    {
      id: "oAbCd101",
      company: "Beacon",
      location: "Porto, Portugal",
      url: "https://jobs.jobvite.com/beacon/job/oAbCd101",
    },
  ),
  answerOf(
    "hrmdirect",
    "https://beacon.hrmdirect.com/employment/job-openings.php?search=true",
    html(
      `<table>${twice(
        (id, title) =>
          `<tr class="reqitem ReqRowClick" data-req-id="${id}"><td class="posTitle reqitem"><a href="job-opening.php?req=${id}&amp;#job">${title}</td><td class="offices reqitem">Porto</td><td class="reqitem">08/03/2026</td></tr>`,
      ).join("")}</table>`,
      "Careers At Beacon",
    ),
    {
      ...{ company: "Beacon", location: "Porto", datePosted: "2026-08-03" },
      url: "https://beacon.hrmdirect.com/employment/job-opening.php?req=101",
    },
  ),
  answerOf(
    "jsonld",
    "https://careers.example.org/jobs",
    html(
      twice(
        (id, title) =>
          `<script type="application/ld+json">${JSON.stringify({
            ...{
              "@type": "JobPosting",
              title,
              description: text,
              datePosted: "2026-08-03",
              url: `https://careers.example.org/jobs/${id}`,
            },
            ...{
              identifier: { value: id },
              hiringOrganization: { name: "Beacon" },
              jobLocationType: "TELECOMMUTE",
            },
            baseSalary: {
              currency: "USD",
              value: { minValue: "50000", maxValue: "60000", unitText: "YEAR" },
            },
          })}</script>`,
      ).join(""),
    ),
    {
      company: "Beacon",
      remote: "yes",
      salary: usd(50_000, 60_000, "year"),
      url: "https://careers.example.org/jobs/101",
    },
  ),
];
