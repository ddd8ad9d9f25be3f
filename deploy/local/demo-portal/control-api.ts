/** `/__control`: how a test or a demo steers the portal and asks what really arrived. Not part of the pretended portal. */
import type { IncomingMessage } from "node:http";
import { Schema } from "effect";
import { type Answer, json } from "./answer.ts";
import { companyOf } from "./data/companies.ts";
import { ModeRequest } from "./misbehaviour.ts";
import type { Portal } from "./portal.ts";
import type { Listing } from "./postings.ts";
import { BadRequest, readJson } from "./request-body.ts";

const PostingsRequest = Schema.Struct({
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 })),
});

const decode = <A>(decoder: (input: unknown) => A, input: unknown): A => {
  try {
    return decoder(input);
  } catch (cause) {
    throw new BadRequest(400, cause instanceof Error ? cause.message : "The body does not fit.");
  }
};

const describe = (listing: Listing, site: string) => ({
  jobId: listing.jobId,
  openingId: listing.opening.openingId,
  company: listing.opening.company.token,
  region: listing.opening.company.region,
  field: listing.opening.pool,
  /** How the demo candidate of this field stands to it: core (has all must-haves), near, far. */
  tier: listing.opening.tier,
  place: listing.place,
  mirror: listing.mirror,
  absurdity: listing.absurdity,
  title: listing.opening.title,
  location: listing.opening.city.locality,
  publishedAt: listing.publishedAt.toISOString(),
  url: `${site}/careers/${listing.opening.company.token}/jobs/${listing.jobId}`,
});

export const controlAnswer = async (
  portal: Portal,
  request: IncomingMessage,
  path: readonly string[],
  site: string,
): Promise<Answer> => {
  const [what, id, part] = path;
  const posted = request.method === "POST";
  if (what === "mode" && id === undefined) {
    if (posted) {
      const wanted = decode(Schema.decodeUnknownSync(ModeRequest), await readJson(request));
      if (wanted.company !== undefined && companyOf(wanted.company) === undefined)
        throw new BadRequest(404, `There is no company "${wanted.company}".`);
      portal.setMode(wanted, Date.now());
    }
    return json({ rules: portal.rules });
  }
  if (what === "postings" && id === undefined) {
    if (!posted) return json(portal.postings.all().map((one) => describe(one, site)));
    const { count } = decode(Schema.decodeUnknownSync(PostingsRequest), await readJson(request));
    const now = Date.now();
    const made = Array.from({ length: count }, () => portal.newOpening(now)).flat();
    return json(
      made.map((one) => describe(one, site)),
      201,
    );
  }
  if (posted) throw new BadRequest(405, "This part of the control API only answers GET.");
  if (what === "refused" && id === undefined) return json(portal.inbox.refused());
  if (what === "applications" && id === undefined) return json(portal.inbox.all());
  if (what === "applications" && id !== undefined) {
    const application = portal.inbox.find(id);
    if (application === null) throw new BadRequest(404, `No application has the reference "${id}".`);
    if (part === undefined) return json(application);
    const content = part === "resume" ? portal.inbox.resume(id) : null;
    if (content !== null) {
      const fileName = application.resume?.fileName ?? "resume";
      return {
        status: 200,
        type: "application/octet-stream",
        body: content,
        headers: { "content-disposition": `attachment; filename="${fileName}"` },
      };
    }
  }
  throw new BadRequest(404, "The control API has no such address.");
};
