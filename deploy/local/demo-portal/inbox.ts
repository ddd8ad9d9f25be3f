/**
 * The applications that arrived. Taking one in is a single synchronous step (look up, write file, write line, both on the
 * disk), so of two simultaneous submissions exactly one is accepted and a confirmed one survives any kill.
 */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Application, Refusal } from "./application.ts";
import type { Journal } from "./journal.ts";
import type { Listing } from "./postings.ts";

export interface Submission {
  readonly listing: Listing;
  readonly email: string;
  readonly name: string;
  readonly answers: Application["answers"];
  readonly resume: { fileName: string; content: Uint8Array } | null;
  /** Taken, and not confirmed: the connection is cut. */
  readonly confirmationLost: boolean;
  readonly now: Date;
}

export type Taken = { accepted: true; application: Application } | { accepted: false; reference: string };

const keyOf = (jobId: number, email: string): string => `${jobId}|${email.trim().toLowerCase()}`;

export class Inbox {
  readonly #journal: Journal;
  readonly #dataDir: string | null;
  readonly #byReference = new Map<string, Application>();
  readonly #byJobAndEmail = new Map<string, string>();
  readonly #refused: Refusal[] = [];
  /** Files, when nothing is kept on disk. */
  readonly #files = new Map<string, Uint8Array>();

  constructor(journal: Journal, dataDir: string | null) {
    this.#journal = journal;
    this.#dataDir = dataDir;
    if (dataDir !== null) mkdirSync(join(dataDir, "resumes"), { recursive: true });
    for (const entry of journal.entries) {
      if (entry.type === "ApplicationReceived") this.#remember(entry.application);
      if (entry.type === "ApplicationRefused") this.#refused.push(entry.refusal);
    }
  }

  take(submission: Submission): Taken {
    const { listing, email, now } = submission;
    const { company, openingId } = listing.opening;
    const first = this.#byJobAndEmail.get(keyOf(listing.jobId, email));
    if (first !== undefined) {
      const refusal = {
        jobId: listing.jobId,
        company: company.token,
        email,
        at: now.toISOString(),
        reference: first,
      };
      this.#refused.push(refusal);
      this.#journal.append({ type: "ApplicationRefused", refusal });
      return { accepted: false, reference: first };
    }
    const number = String(this.#byReference.size + 1).padStart(6, "0");
    const reference = `${company.prefix}-${now.getUTCFullYear()}-${number}`;
    const application: Application = {
      reference,
      jobId: listing.jobId,
      openingId,
      jobTitle: listing.opening.title,
      company: company.token,
      email,
      name: submission.name,
      receivedAt: now.toISOString(),
      ...(submission.confirmationLost ? { confirmationLost: true } : {}),
      answers: submission.answers,
      resume:
        submission.resume === null
          ? null
          : {
              fileName: submission.resume.fileName,
              bytes: submission.resume.content.length,
              sha256: createHash("sha256").update(submission.resume.content).digest("hex"),
              path: this.#keepFile(reference, submission.resume.content),
            },
    };
    this.#journal.append({ type: "ApplicationReceived", application }, "durable");
    this.#remember(application);
    return { accepted: true, application };
  }

  find(reference: string): Application | null {
    return this.#byReference.get(reference) ?? null;
  }

  all(): readonly (Application & { duplicatesRefused: number })[] {
    return [...this.#byReference.values()].map((one) => ({
      ...one,
      duplicatesRefused: this.#refused.filter((refusal) => refusal.reference === one.reference).length,
    }));
  }

  refused(): readonly Refusal[] {
    return this.#refused;
  }

  /** The uploaded file of an application, or null if it came without one. */
  resume(reference: string): Uint8Array | null {
    const path = this.#byReference.get(reference)?.resume?.path ?? null;
    return path === null ? (this.#files.get(reference) ?? null) : readFileSync(path);
  }

  #remember(application: Application): void {
    this.#byReference.set(application.reference, application);
    this.#byJobAndEmail.set(keyOf(application.jobId, application.email), application.reference);
  }

  /** Named by the reference, never by what the applicant called it. */
  #keepFile(reference: string, content: Uint8Array): string | null {
    if (this.#dataDir === null) {
      this.#files.set(reference, content);
      return null;
    }
    const path = join(this.#dataDir, "resumes", reference);
    const file = openSync(path, "w", 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return path;
  }
}
