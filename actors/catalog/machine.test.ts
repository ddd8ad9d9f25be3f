import { describe, expect, test } from "vitest";
import type { Posting } from "../../protocols/posting.ts";
import { Conversation } from "../conversation.ts";
import { catalogActor } from "./actor.ts";
import { catalogGroup } from "./group.ts";
import { type Job, maxJobs, maxSightings } from "./job.ts";
import { catalogMachine } from "./machine.ts";

const text =
  "You build the services that plan the routes of nine thousand parcels an hour, and you answer for them when they stand still. " +
  "We write small programs in Go and keep them on Postgres; every change is reviewed by two people and out within the hour. " +
  "You have run something that others depend on, and you can explain to a driver why the map is wrong.";
const otherText =
  "The payments team settles invoices with forty banks and finds the cent that is missing before the auditors do. " +
  "You know double entry, you like long tests, and you would rather delete a service than add a second one. " +
  "Our ledger is written in Kotlin, our reports in SQL, and both have to agree every single night of the year.";

const posting: Posting = {
  id: "x",
  portal: "greenhouse-acme",
  externalId: "1",
  title: "Engineer",
  company: "Acme",
  locations: ["Berlin"],
  remote: "no",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: text,
  descriptionHtml: "<p>Build.</p>",
  region: "eu",
  url: "http://127.0.0.1/1",
  applyUrl: "http://127.0.0.1/1/apply",
  fingerprint: "f00d",
};
const found = (change: Partial<Posting> = {}) =>
  ({ type: "JobDiscovered", posting: { ...posting, ...change } }) as const;
const gone = (portal = "greenhouse-acme", key = "1") =>
  ({ type: "PostingGone", portal, key, reason: "Not listed any more." }) as const;

describe.each([
  ["in memory", false],
  ["saved and reloaded between any two events", true],
])("catalog machine, %s", (_, persisted) => {
  const fresh = () => new Conversation(catalogMachine, { id: "acme" }, persisted);
  const said = (talk: Conversation, event: object) =>
    talk.tell(event as { type: string }).map(({ to, message }) => [to, message.type]);
  const jobs = (talk: Conversation) => talk.state.context.jobs as readonly Job[];

  test("lists a job once, under its fingerprint", () => {
    const talk = fresh();
    expect(said(talk, found())).toEqual([
      ["topic jobs.new.eu", "JobListed"],
      ["fact", "JobListed"],
    ]);
    expect(talk.said[0]?.message).toMatchObject({ posting: { id: "f00d" } });
    expect(said(talk, found())).toEqual([]);
  });

  test("tells a sighting on another board once, and lists nothing twice", () => {
    const talk = fresh();
    talk.tell(found());
    const other = found({ portal: "careers-acme", externalId: "/jobs/9", locations: ["Berlin, Germany"] });
    expect(said(talk, other)).toEqual([["fact", "JobSeenAgain"]]);
    expect(said(talk, other)).toEqual([]);
  });

  test("tells apart another town and another text under one title", () => {
    const talk = fresh();
    talk.tell(found());
    for (const change of [
      { locations: ["Hamburg"], fingerprint: "bee5" },
      { description: otherText, externalId: "2" },
    ])
      expect(said(talk, found({ ...change, externalId: `2${Object.keys(change)[0]}` }))[0]).toEqual([
        "topic jobs.new.eu",
        "JobListed",
      ]);
    const ids = jobs(talk).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toMatch(/^f00d-[0-9a-f]{8}$/);
  });

  test("an edited posting updates the job; the wording of a second board does not", () => {
    const talk = fresh();
    talk.tell(found());
    talk.tell(found({ portal: "careers-acme" }));
    expect(said(talk, found({ portal: "careers-acme", title: "Engineer (Berlin)" }))).toEqual([]);
    expect(said(talk, found({ description: `${text} We pay well.` }))).toEqual([["fact", "JobUpdated"]]);
    // What no reader sees is no change.
    expect(said(talk, found({ description: `${text} We pay well.`, datePosted: "2026-01-01" }))).toEqual([]);
  });

  test("closes a job when its last board has dropped it, once", () => {
    const talk = fresh();
    talk.tell(found());
    talk.tell(found({ portal: "careers-acme" }));
    expect(said(talk, gone())).toEqual([]);
    expect(said(talk, gone("careers-acme"))).toEqual([
      ["fact", "JobClosed"],
      ["matcher.f00d", "JobClosed"],
    ]);
    expect(said(talk, gone("careers-acme"))).toEqual([]);
    expect(said(talk, gone("nobody"))).toEqual([]);
  });

  test("opens it again for a repost, under the same id", () => {
    const talk = fresh();
    talk.tell(found());
    talk.tell(gone());
    expect(said(talk, found({ externalId: "77" }))).toEqual([
      ["fact", "JobSeenAgain"],
      ["topic jobs.new.eu", "JobListed"],
      ["fact", "JobReopened"],
    ]);
    expect(talk.said.at(-1)?.message).toMatchObject({
      job: "f00d",
      posting: { id: "f00d", externalId: "77" },
    });
  });

  test("keeps bounded lists of jobs and sightings, the closed ones go first", () => {
    const talk = fresh();
    for (let i = 0; i < 40; i++) talk.tell(found({ externalId: `e${i}` }));
    expect(jobs(talk)[0]?.sightings).toHaveLength(maxSightings);
    const town = (i: number) =>
      found({ externalId: `t${i}`, locations: [`Town${i}ville`], fingerprint: `fp${i}` });
    for (let i = 0; i < maxJobs; i++) talk.tell(town(i));
    talk.tell(gone("greenhouse-acme", `t${maxJobs - 2}`));
    talk.tell(town(maxJobs));
    expect(jobs(talk)).toHaveLength(maxJobs);
    expect(jobs(talk).map(({ id }) => id)).not.toContain(`fp${maxJobs - 2}`);
    expect(JSON.stringify(jobs(talk)).length).toBeLessThan(64 * 1024);
  });
});

test("is fed by company and title, and refuses what is no posting", () => {
  const feed = catalogActor.feeds?.[0];
  expect(feed?.route(found())).toBe(catalogGroup(posting));
  expect(feed?.route(found({ title: "Engineer (m/f/d)", locations: ["Paris"] }))).toBe(catalogGroup(posting));
  expect(() => feed?.route({ type: "JobDiscovered", posting: { title: 1 } })).toThrow();
  expect(() => feed?.route(gone())).toThrow(/told to its catalog actor/);
});
