/** apt's two formats, as they stand on real machines. Hosts are made up. */
import { expect, test } from "vitest";
import { mainSource, parseDeb822, parseOneLine, sourceFor } from "./apt-sources.ts";

const deb822 = `Types: deb
# a snapshot is named here
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/archive.gpg
`;

test("finds mirror and keyring in the deb822 format", () => {
  const source = mainSource(parseDeb822(deb822), "bookworm");
  expect(source && sourceFor(source, "forky")).toBe(
    "Types: deb\nURIs: http://mirror.example/debian\nSuites: forky\nComponents: main\n" +
      "Signed-By: /usr/share/keyrings/archive.gpg\n",
  );
});

test("finds mirror and keyring in the one-line format", () => {
  const sources = parseOneLine(
    [
      "# deb http://off.example/debian bookworm main",
      "deb-src http://src.example/debian bookworm main",
      "deb http://security.example/debian-security bookworm-security main",
      "deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib # ours",
    ].join("\n"),
  );
  expect(mainSource(sources, "bookworm")).toEqual({
    uris: ["http://mirror.example/debian"],
    suites: ["bookworm"],
    components: ["main", "contrib"],
    signedBy: "/k.gpg",
  });
});

test("keeps keys that stand in the source itself", () => {
  const [source] = parseDeb822(
    "Types: deb deb-src\nURIs: mirror+file:/etc/apt/mirrors/debian.list\nSuites: trixie\nComponents: main\n" +
      "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----\n",
  );
  expect(source && sourceFor(source, "forky")).toContain(
    "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END",
  );
});

test("a source that is switched off, of another vendor or without main is not taken", () => {
  const sources = [
    ...parseDeb822(`${deb822.split("\n\n")[0]}\nEnabled: no\n`),
    ...parseOneLine(
      "deb https://tools.example/apt tools-bookworm main\ndeb http://mirror.example/debian bookworm contrib",
    ),
  ];
  expect(mainSource(sources, "bookworm")).toBeUndefined();
});

test("a source without keys is written without keys, so that apt uses those it trusts anyway", () => {
  const [source] = parseOneLine("deb http://mirror.example/debian bookworm main");
  expect(source && sourceFor(source, "forky")).not.toContain("Signed-By");
});
