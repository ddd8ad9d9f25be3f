/** Text of a portal that fits. Postgres' jsonb takes no half of a character, and portals and cuts leave some. */
export const cutText = (text: string, most: number): string =>
  text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .toWellFormed();
