/**
 * Where a request that changes something may come from. A browser names the page's origin and can't be made to lie; a program
 * names none, and holds the cookie because it was given it.
 */

export const originCheck = (publicUrl: string, port: number) => {
  const { origin, hostname, protocol } = new URL(publicUrl);
  const allowed = new Set([origin]);
  // On one machine people type either.
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname))
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) allowed.add(`${protocol}//${name}:${port}`);
  /** @param fetchSite the header Sec-Fetch-Site, for what sends no Origin. */
  return (requestOrigin: string, fetchSite: string): boolean =>
    requestOrigin === ""
      ? fetchSite === "" || fetchSite === "same-origin" || fetchSite === "none"
      : allowed.has(requestOrigin);
};
