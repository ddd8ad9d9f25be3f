/** The built dashboard, from memory: a handful of files, read once and again when the build has changed. */
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  readonly cache: string;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};

export interface StaticFiles {
  /** The file, or the page itself for a path of the application; null if neither is there. */
  find(path: string): Promise<StaticFile | null>;
}

export const staticFiles = (root: string): StaticFiles => {
  let files = new Map<string, StaticFile>();
  let builtAt = -1;
  let lookedAt = 0;
  let looking = Promise.resolve();

  const look = async () => {
    const built = await stat(join(root, "index.html")).catch(() => null); // Not built yet: nothing to serve.
    if (built === null || built.mtimeMs === builtAt) return;
    const found = new Map<string, StaticFile>();
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith(".map")) continue;
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(root, path).split(sep).join("/")}`;
      found.set(name, {
        body: await readFile(path),
        type: types[extname(name)] ?? "application/octet-stream",
        // The build puts a hash into the names of what is below assets.
        cache: name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      });
    }
    files = found;
    builtAt = built.mtimeMs;
  };
  /** Whoever comes while the files are read waits for them: before the first time there are none. */
  const refresh = () => {
    if (Date.now() - lookedAt >= 1_000) {
      lookedAt = Date.now();
      looking = look();
    }
    return looking;
  };

  return {
    find: async (path) => {
      await refresh();
      const exact = files.get(path === "/" ? "/index.html" : path);
      if (exact) return exact;
      // What has an extension was meant to be a file; everything else is a page of the application.
      return extname(path) === "" ? (files.get("/index.html") ?? null) : null;
    },
  };
};
