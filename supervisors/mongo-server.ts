/**
 * The embedded Mongo-wire server: a native program from npm that keeps everything in memory. What it holds is a read
 * model, filled again from JetStream after a start.
 */
import { createRequire } from "node:module";
import { arch, platform } from "node:os";

/** The line that means: it takes connections. */
export const mongoReady = /JONGODB_URI=/;

/** Command and arguments that start it on 127.0.0.1. Throws one clear line if there is none for this system. */
export const mongoCommand = (port: number): { command: string; args: string[] } => {
  const name = `@jongodb/memory-server-bin-${platform()}-${arch()}-gnu`;
  try {
    return {
      command: createRequire(import.meta.url).resolve(`${name}/bin/jongodb`),
      args: [`--port=${port}`],
    };
  } catch (cause) {
    throw new Error(
      `No Mongo-wire server for this system (looked for ${name}): set CALLBOARD_MONGO_URL to a MongoDB of your own.`,
      { cause },
    );
  }
};

/** The address, for clients. */
export const mongoUrl = (port: number): string => `mongodb://127.0.0.1:${port}/callboard`;
