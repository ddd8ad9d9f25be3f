/**
 * How the authorisation matrix gets objects that belong to somebody. A route with the rule "held by the employee", "an employee's
 * own" or "their own" needs the object that its address or body names: a new sort of object is added here.
 */
import type { Client, EdgeWorld } from "../testkit/edge-world.ts";
import { proposal } from "../testkit/proposal.ts";

export interface Owned {
  /** What is put in the place of parameters and fields of these names. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Words that only who may see an application should ever be shown. */
export const secretWords = [
  "Zebulon Quillfeather",
  "quillfeather@callboard.example",
  "Invented the paperclip",
];

let made = 0;

/** A review that is with this employee now; they must be signed in. */
export const heldReview = async (world: EdgeWorld, client: Client): Promise<Owned> => {
  const job = `matrix-${++made}`;
  const application = `zeb-${job}`;
  await world.storeResume("zeb/base", {
    basics: { name: secretWords[0], email: secretWords[1], summary: secretWords[2] },
  });
  const [name = "", email = ""] = secretWords;
  await world.tell("application", application, proposal({ id: "zeb", name, email }, job));
  const deadline = performance.now() + 20_000;
  for (;;) {
    // Any will do: one that was given back may come first.
    const { body } = await client.call("GET", "/api/review");
    const held = body.review as { application: string; assignment: number } | null | undefined;
    if (held) return { fields: { application: held.application, assignment: held.assignment } };
    if (performance.now() > deadline) throw new Error(`No review came: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** By the name of a parameter: an object of this person's. */
export const ownObjects: Readonly<
  Record<string, (world: EdgeWorld, person: { id: string; cookie: string }) => Promise<Owned>>
> = {
  employee: async (_, { id }) => ({ fields: { employee: id } }),
  /** A session that is not the one which is asking. */
  session: async (world, { id, cookie }) => {
    const before = new Set(await sessionsOf(world, cookie));
    await world.as(id);
    const session = (await sessionsOf(world, cookie)).find((one) => !before.has(one));
    return { fields: { session } };
  },
};

const sessionsOf = async (world: EdgeWorld, cookie: string): Promise<string[]> => {
  const { body } = await world.anonymous.call("GET", "/api/me/sessions", undefined, { cookie });
  return (body.items as { session: string }[]).map(({ session }) => session);
};
