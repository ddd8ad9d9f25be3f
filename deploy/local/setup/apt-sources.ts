/**
 * Reads apt's own list of sources, in both formats, to learn from which mirror and with which keys this machine takes its
 * Debian packages.
 */

export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Path of a keyring, or the keys themselves (an indented block, as apt takes it). */
  readonly signedBy: string | undefined;
}

const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter((word) => word !== "");

/** One-line format (`sources.list`, `*.list`): `deb [signed-by=…] uri suite component…`. */
export const parseOneLine = (text: string): AptSource[] =>
  text.split("\n").flatMap((line) => {
    const found = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (!found) return [];
    const [, options, uri = "", suite = "", components] = found;
    const signedBy = words(options)
      .find((option) => option.toLowerCase().startsWith("signed-by="))
      ?.slice("signed-by=".length);
    return [{ uris: [uri], suites: [suite], components: words(components), signedBy }];
  });

/** deb822 format (`*.sources`): stanzas of `Field: value`, continued on indented lines. */
export const parseDeb822 = (text: string): AptSource[] =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .split(/\n\s*\n/)
    .flatMap((stanza) => {
      const fields = new Map<string, string>();
      for (const field of stanza.split(/\n(?=\S)/)) {
        const colon = field.indexOf(":");
        if (colon > 0) fields.set(field.slice(0, colon).trim().toLowerCase(), field.slice(colon + 1).trim());
      }
      if (!words(fields.get("types")).includes("deb")) return [];
      if (/^(no|false|without|off|disable)$/i.test(fields.get("enabled") ?? "")) return [];
      return [
        {
          uris: words(fields.get("uris")),
          suites: words(fields.get("suites")),
          components: words(fields.get("components")),
          signedBy: fields.get("signed-by"),
        },
      ];
    });

/** The source that serves this release's main packages; its updates and security suites are other entries. */
export const mainSource = (sources: readonly AptSource[], codename: string): AptSource | undefined =>
  sources.find(
    ({ uris, suites, components }) =>
      uris.length > 0 &&
      components.includes("main") &&
      suites.some((suite) => [codename, "stable", "testing", "unstable", "sid"].includes(suite)),
  );

/** The same mirror and keys, for another suite. */
export const sourceFor = (source: AptSource, suite: string): string =>
  [
    "Types: deb",
    `URIs: ${source.uris.join(" ")}`,
    `Suites: ${suite}`,
    "Components: main",
    ...(source.signedBy === undefined
      ? []
      : [
          // Keys in the source itself begin on a line of their own.
          source.signedBy.startsWith("-----")
            ? `Signed-By:\n ${source.signedBy}`
            : `Signed-By: ${source.signedBy}`,
        ]),
    "",
  ].join("\n");
