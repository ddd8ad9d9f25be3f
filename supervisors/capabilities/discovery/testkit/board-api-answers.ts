/** What the public board APIs answer, in their own shape. */
import { answerOf, type SmallAnswer, text, twice, usd } from "./small-answer.ts";

export const boardApiAnswers: readonly SmallAnswer[] = [
  answerOf(
    "greenhouse",
    "https://boards-api.greenhouse.io/v1/boards/beacon-works/jobs?content=true",
    {
      jobs: twice((id, title) => ({
        ...{ id: Number(id), title, internal_job_id: 7, location: { name: "Porto, Portugal" } },
        absolute_url: `https://job-boards.greenhouse.io/beacon-works/jobs/${id}`,
        ...{
          first_published: "2026-08-03T09:00:00-04:00",
          content: "&lt;p&gt;Grind lenses &amp;amp; keep the lamp lit.&lt;/p&gt;",
        },
        pay_input_ranges: [
          { min_cents: 5_000_000, max_cents: 7_500_000, currency_type: "USD", title: "Annual" },
        ],
      })),
      meta: { total: 2 },
    },
    {
      ...{
        company: "Beacon Works",
        location: "Porto, Portugal",
        remote: "unknown",
        datePosted: "2026-08-03T09:00:00-04:00",
      },
      ...{ salary: usd(50_000, 75_000, "year"), description: "Grind lenses & keep the lamp lit." },
    },
  ),
  answerOf(
    "lever",
    "https://api.lever.co/v0/postings/beacon?mode=json",
    twice((id, title) => ({
      ...{
        id,
        text: title,
        categories: { location: "Porto", commitment: "Full-time" },
        workplaceType: "onsite",
      },
      ...{ createdAt: 1785739500000, hostedUrl: `https://jobs.lever.co/beacon/${id}`, description: text },
      lists: [{ text: "You bring", content: "<li>Patience</li>" }],
      salaryRange: { currency: "USD", interval: "per-hour-wage", min: 20, max: 25 },
    })),
    {
      ...{
        company: "Beacon",
        location: "Porto",
        remote: "no",
        datePosted: "2026-08-03T06:45:00Z",
        salary: usd(20, 25, "hour"),
      },
      description: "Grind lenses & keep the lamp lit.\nYou bring\nPatience",
    },
  ),
  answerOf(
    "ashby",
    "https://api.ashbyhq.com/posting-api/job-board/beacon-2?includeCompensation=true",
    {
      apiVersion: "1",
      jobs: twice((id, title) => ({
        ...{ id, title, location: "Porto", isListed: true, isRemote: true, workplaceType: "Hybrid" },
        ...{
          publishedAt: "2026-08-03T09:00:00.000+00:00",
          descriptionHtml: text,
          jobUrl: `https://jobs.ashbyhq.com/beacon-2/${id}`,
        },
        compensation: {
          compensationTiers: [
            {
              components: [
                {
                  compensationType: "Salary",
                  interval: "1 YEAR",
                  currencyCode: "USD",
                  minValue: 50_000,
                  maxValue: 60_000,
                },
                { compensationType: "EquityPercentage", interval: "NONE", minValue: 1, maxValue: 2 },
              ],
            },
          ],
        },
      })),
    },
    { company: "Beacon", location: "Porto", remote: "hybrid", salary: usd(50_000, 60_000, "year") },
  ),
  answerOf(
    "smartrecruiters",
    "https://api.smartrecruiters.com/v1/companies/Beacon/postings",
    {
      ...{ offset: 0, limit: 100, totalFound: 2 },
      content: twice((id, title) => ({
        ...{
          id,
          name: title,
          company: { identifier: "Beacon", name: "Beacon & Sons" },
          releasedDate: "2026-08-03T09:00:00.000Z",
        },
        location: { city: "Porto", fullLocation: "Porto, , Portugal", remote: true, hybrid: false },
        customField: [{ fieldLabel: "Salary", valueLabel: "-" }],
      })),
    },
    {
      ...{ company: "Beacon & Sons", location: "Porto, Portugal", remote: "yes", salary: null },
      url: "https://jobs.smartrecruiters.com/Beacon/101",
    },
  ),
  answerOf(
    "workday",
    "https://beacon.wd3.myworkdayjobs.com/wday/cxs/beacon/Careers/jobs",
    {
      total: 2,
      jobPostings: twice((id, title) => ({
        ...{
          title,
          externalPath: `/job/Porto/${id}`,
          locationsText: "Porto",
          postedOn: "Posted 30+ Days Ago",
          bulletFields: [id],
        },
      })),
    },
    {
      ...{ id: "/job/Porto/101", company: "Beacon", location: "Porto", datePosted: null, salary: null },
      url: "https://beacon.wd3.myworkdayjobs.com/Careers/job/Porto/101",
    },
  ),
  answerOf(
    "workable",
    "https://apply.workable.com/api/v1/widget/accounts/beacon?details=true",
    {
      ...{ name: "Beacon", description: null },
      jobs: [
        ...twice((id, title) => ({
          ...{
            shortcode: id,
            title,
            city: "Porto",
            country: "Portugal",
            telecommuting: true,
            published_on: "2026-08-03",
          },
          ...{ url: `https://apply.workable.com/j/${id}`, description: text },
        })),
        { shortcode: "101", title: "Lamp Keeper", city: "Braga", country: "Portugal", telecommuting: true },
      ],
    },
    {
      company: "Beacon",
      location: "Porto, Portugal; Braga, Portugal",
      remote: "yes",
      datePosted: "2026-08-03",
    },
  ),
  answerOf(
    "recruitee",
    "https://beacon.recruitee.com/api/offers/",
    {
      offers: twice((id, title) => ({
        ...{
          id: Number(id),
          title,
          company_name: "Beacon",
          location: "Porto, Portugal",
          remote: false,
          hybrid: true,
          on_site: false,
        },
        ...{
          published_at: "2026-08-03 09:00:00 UTC",
          careers_url: `https://beacon.recruitee.com/o/${id}`,
          description: text,
        },
        ...{
          requirements: "<p>Patience</p>",
          salary: { min: "60000", max: "75000", currency: "EUR", period: "year" },
        },
      })),
    },
    {
      ...{ company: "Beacon", remote: "hybrid", datePosted: "2026-08-03T09:00:00Z" },
      salary: { min: 60_000, max: 75_000, currency: "EUR", unit: "year" },
    },
  ),
];
