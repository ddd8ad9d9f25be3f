/** The archivist kind: one actor, `archivist.main`. */
import { ReaderMessage } from "../../protocols/read-models.ts";
import { defineActor } from "../define-actor.ts";
import { type ArchivistSettings, archivistMachine } from "./machine.ts";

/** @param settings back-off while a database is away. */
export const archivistActor = (settings: Partial<ArchivistSettings> = {}) =>
  defineActor({
    kind: "archivist",
    machine: archivistMachine,
    message: ReaderMessage,
    settings: { ...settings },
    // The machine waits by itself and says that it does.
    tasks: { archiveNext: { retries: 0, timeoutMs: 120_000 } },
  });
