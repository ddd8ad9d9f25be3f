/**
 * What a browser has to load before a page can be used: the entry, the page, and all that either imports. The build fails when it
 * outgrows its budget, and leaves the figure beside the bundle.
 */
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Budget {
  /** A part of the page's module path. */
  readonly page: string;
  /** Gzipped bytes of JavaScript. */
  readonly most: number;
  /** Where the figure is written. */
  readonly report: string;
}

export function firstLoad({ page, most, report }: Budget): Plugin {
  return {
    name: "first-load",
    generateBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((one) => (one.type === "chunk" ? [[one.fileName, one] as const] : [])),
      );
      const roots = [...chunks.values()].filter(
        ({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.includes(page),
      );
      if (roots.length < 2)
        this.error(`No chunk of the bundle is ${page}: the first load can't be measured.`);
      const loaded = new Set<string>();
      const visit = (name: string) => {
        if (loaded.has(name)) return;
        loaded.add(name);
        for (const next of chunks.get(name)?.imports ?? []) visit(next);
      };
      for (const { fileName } of roots) visit(fileName);
      const bytes = [...loaded].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? "").length, 0);
      const said = `${(bytes / 1_000).toFixed(0)} kB of JavaScript, gzipped, on the employee's way (at most ${most / 1_000})`;
      if (bytes > most) this.error(`${said}: load what is not needed at once with import().`);
      writeFileSync(report, `${said}\n`);
    },
  };
}
