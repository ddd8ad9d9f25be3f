/** Lets a person change a message in their own editor. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Schema } from "effect";

/** @throws Error if the editor fails, nothing was changed, or what was saved is no JSON. */
export function editMessage(message: Schema.Json): Schema.Json {
  const editor = process.env.VISUAL || process.env.EDITOR || "vi";
  const dir = mkdtempSync(join(tmpdir(), "callboard-letter-"));
  const file = join(dir, "message.json");
  const before = typeof message === "string" ? message : `${JSON.stringify(message, null, 2)}\n`;
  try {
    writeFileSync(file, before, { mode: 0o600 });
    const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: "inherit" });
    if (status !== 0)
      throw new Error(`the editor "${editor}" failed${error ? `: ${error.message}` : ""}; set EDITOR`);
    const after = readFileSync(file, "utf8");
    if (after === before) throw new Error("nothing was changed, so nothing was sent");
    return jsonOf(after);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @throws Error that quotes what is no JSON. */
export function jsonOf(text: string): Schema.Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`that is no JSON (${error instanceof Error ? error.message : error}); nothing was sent`);
  }
}
