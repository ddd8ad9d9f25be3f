/**
 * Targets of `sendTo` that lie outside of the machine. XState looks a string up among its own children and throws, so
 * a remote target is an object; the runtime finds it in the action that `transition` returns.
 */
import type { AnyActorRef } from "xstate";
import { addressOf } from "../protocols/address.ts";
import { topics } from "../protocols/subjects.ts";
import type { Target } from "../protocols/target.ts";

// The one place where a Target is passed off as the ActorRef that XState's types ask for.
const target = (value: Target) => value as unknown as AnyActorRef;

/** Another actor, by kind and plain (not yet encoded) id. */
export const remote = (kind: string, id: string) => target({ to: "actor", address: addressOf(kind, id) });

/** A topic of another stream: `topics.raw(portal)`, `topics.listed(region)`, `topics.review(queue, priority)`. */
export const topic = (name: string) => target({ to: "topic", topic: name });

/** The same, as the beginning of a trace: one look at a portal finds many postings, and each goes its own way. */
export const topicOfNewTrace = (name: string) => target({ to: "topic", topic: name, newTrace: true });

/** The latest value of a key in a KV bucket; what is sent becomes its value. */
export const record = (bucket: string, key: string) => target({ to: "record", bucket, key });

/** The one who asked. A message without `replyTo` (told, not asked) is answered into the void. */
export const reply = (subject: string | undefined) => target({ to: "reply", subject: subject ?? "" });

/** A dead letter that the machine itself writes about its own actor. */
export const deadLetter = (kind: string, id: string) => topic(topics.dead(addressOf(kind, id)));
