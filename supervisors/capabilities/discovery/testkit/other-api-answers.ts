/** What the JSON behind other sites says, in its own shape. */
import { answerOf, type SmallAnswer, text, twice, usd } from "./small-answer.ts";

export const otherApiAnswers: readonly SmallAnswer[] = [
  answerOf(
    "remoteok",
    "https://remoteok.com/api",
    [
      { legal: "Link back and name us." },
      ...twice((id, title) => ({
        ...{ id, position: title, company: "Beacon", location: "Porto, ", date: "2026-08-03T09:00:00+00:00" },
        ...{
          salary_min: 0,
          salary_max: 0,
          url: `https://remoteok.com/remote-jobs/${id}`,
          tags: ["lamps"],
          description: text,
        },
      })),
    ],
    { company: "Beacon", location: "Porto", remote: "yes", salary: null, skills: ["lamps"] },
  ),
  answerOf(
    "rippling",
    "https://api.rippling.com/platform/api/ats/v1/board/beacon/jobs",
    twice((id, title) => ({
      ...{
        uuid: id,
        name: title,
        department: { label: "Lamps" },
        workLocation: { label: "Remote (Portugal)" },
      },
      url: `https://ats.rippling.com/beacon/jobs/${id}`,
    })),
    { company: "Beacon", location: "Remote (Portugal)", remote: "yes", datePosted: null },
  ),
  answerOf(
    "teamtailor",
    "https://beacon.teamtailor.com/jobs.json",
    {
      ...{ version: "https://jsonfeed.org/version/1.1", title: "Beacon" },
      items: twice((id, title) => ({
        ...{
          id,
          title,
          url: `https://beacon.teamtailor.com/jobs/${id}`,
          date_published: "2026-08-03T09:00:00+02:00",
          content_html: text,
        },
        _jobposting: {
          "@type": "JobPosting",
          jobLocation: [{ address: { addressLocality: "Porto", addressCountry: "PT" } }],
        },
      })),
    },
    { company: "Beacon", location: "Porto, PT", remote: "unknown", datePosted: "2026-08-03T09:00:00+02:00" },
  ),
  answerOf(
    "bamboohr",
    "https://beacon.bamboohr.com/careers/list",
    {
      meta: { totalCount: 2 },
      result: twice((id, title) => ({
        ...{
          id,
          jobOpeningName: title,
          location: { city: "Porto", state: null },
          locationType: "2",
          employmentStatusLabel: "Full Time",
        },
      })),
    },
    {
      company: "Beacon",
      location: "Porto",
      remote: "hybrid",
      url: "https://beacon.bamboohr.com/careers/101",
    },
  ),
  answerOf(
    "eightfold",
    "https://beacon.eightfold.ai/api/apply/v2/jobs?domain=beacon.com",
    {
      count: 2,
      positions: twice((id, title) => ({
        ...{
          id: Number(id),
          name: title,
          location: "Porto",
          locations: ["Porto", "Braga"],
          t_create: 1785739500,
        },
        ...{
          canonicalPositionUrl: `https://beacon.eightfold.ai/careers/job/${id}`,
          work_location_option: "onsite",
        },
      })),
    },
    { company: "Beacon", location: "Porto; Braga", remote: "no", datePosted: "2026-08-03T06:45:00Z" },
  ),
  answerOf(
    "oracle",
    "https://beacon.fa.em2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1",
    {
      items: [
        {
          TotalJobsCount: 2,
          requisitionList: twice((id, title) => ({
            ...{
              Id: id,
              Title: title,
              PostedDate: "2026-08-03",
              PrimaryLocation: "Porto",
              WorkplaceType: "Hybrid",
            },
            secondaryLocations: [{ Name: "Braga" }],
          })),
        },
      ],
    },
    {
      ...{ company: "", location: "Porto; Braga", remote: "hybrid", datePosted: "2026-08-03" },
      url: "https://beacon.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/101",
    },
  ),
  answerOf(
    "pinpoint",
    "https://beacon.pinpointhq.com/postings.json",
    {
      data: twice((id, title) => ({
        ...{
          id,
          title,
          path: `/en/postings/${id}`,
          location: { name: "Porto" },
          workplace_type: "onsite",
          description: text,
        },
        ...{
          compensation_minimum: 70,
          compensation_maximum: 90,
          compensation_currency: "USD",
          compensation_frequency: "hour",
        },
      })),
    },
    {
      company: "Beacon",
      remote: "no",
      salary: usd(70, 90, "hour"),
      url: "https://beacon.pinpointhq.com/en/postings/101",
    },
  ),
  answerOf(
    "indeed",
    "https://www.indeed.com/jobs?q=lamp",
    {
      data: {
        jobSearch: {
          pageInfo: { nextCursor: null },
          results: twice((id, title) => ({
            job: {
              ...{
                key: id,
                title,
                datePublished: 1785739500000,
                description: { html: text },
                employer: { name: "Beacon" },
              },
              location: { city: "Porto", formatted: { short: "Porto" } },
              compensation: {
                currencyCode: "USD",
                baseSalary: { unitOfWork: "YEAR", range: { min: 50_000, max: 60_000 } },
              },
            },
          })),
        },
      },
    },
    {
      company: "Beacon",
      location: "Porto",
      salary: usd(50_000, 60_000, "year"),
      url: "https://www.indeed.com/viewjob?jk=101",
    },
  ),
];
