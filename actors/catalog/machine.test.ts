import { describe, expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import type { Posting } from "../../protocols/posting.ts";
import { catalogActor } from "./actor.ts";
import { catalogMachine, maxSightings } from "./machine.ts";

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
  description: "Build.",
  descriptionHtml: "<p>Build.</p>",
  region: "eu",
  url: "http://127.0.0.1/1",
  applyUrl: "http://127.0.0.1/1/apply",
  fingerprint: "f00d",
};
const found = (change: Partial<Posting> = {}) =>
  ({ type: "JobDiscovered", posting: { ...posting, ...change }, at: 1 }) as const;
const types = (actions: readonly { type: string }[]) =>
  actions.map(({ type }) => type).filter((type) => type !== "xstate.assign");

describe("catalog machine", () => {
  const [empty] = initialTransition(catalogMachine, { id: "f00d", at: 0 });

  test("lists a job once, under its fingerprint", () => {
    const [listed, said] = transition(catalogMachine, empty, found());
    expect(listed.value).toBe("listed");
    expect(JSON.stringify(said)).toContain('"jobs.new.eu"');
    expect(JSON.stringify(said)).toContain('"id":"f00d"');
    expect(types(said)).toEqual(["xstate.sendTo", "xstate.emit"]);
    const [, again] = transition(catalogMachine, listed, found());
    expect(types(again)).toEqual([]);
  });

  test("tells a sighting on another board once", () => {
    const [listed] = transition(catalogMachine, empty, found());
    const [seen, said] = transition(catalogMachine, listed, found({ portal: "careers-acme" }));
    expect(types(said)).toEqual(["xstate.emit"]);
    expect(JSON.stringify(said)).toContain("JobSeenAgain");
    const [, again] = transition(catalogMachine, seen, found({ portal: "careers-acme" }));
    expect(types(again)).toEqual([]);
  });

  test("keeps a bounded list of sightings", () => {
    let [state] = transition(catalogMachine, empty, found());
    for (let i = 0; i < 100; i++) [state] = transition(catalogMachine, state, found({ externalId: `e${i}` }));
    expect(state.context.sightings).toHaveLength(maxSightings);
  });

  test("is fed by fingerprint, and refuses what is no posting", () => {
    const feed = catalogActor.feeds?.[0];
    expect(feed?.route(found())).toBe("f00d");
    expect(() => feed?.route({ type: "JobDiscovered", posting: { title: 1 } })).toThrow();
  });
});
