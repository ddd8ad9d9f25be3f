/** The words of whatever a task failed with: an error as data, since it came out of a stored state or another process. */
export const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
