/** Which files of a built clone a release holds: what runs, and nothing that builds, tests or describes it. */

export interface Platform {
  /** As `process.platform` and `process.arch` name them. */
  readonly platform: string;
  readonly arch: string;
  /** The version of Node's binary interface, `process.versions.modules`: native parts for others are left out. */
  readonly abi: string;
}

interface LockEntry {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** The packages that run in production, as folders below the clone, by the lock file (version 3). */
export const productionPackages = (lock: {
  readonly packages: Readonly<Record<string, LockEntry>>;
}): string[] =>
  Object.entries(lock.packages)
    .filter(([path, entry]) => path !== "" && entry.dev !== true && entry.devOptional !== true)
    .map(([path]) => path)
    .sort();

/** Floors of the house; the dashboard is shipped as built, in `dist/`. */
export const floors = ["protocols", "actors", "supervisors", "edge", "cli", "deploy"] as const;

/** For developers only, wherever they stand. */
const development = /(^|\/)(testkit|fixtures|bench)\/|\.test\.|(^|\/)deploy\/(pack|docker|nomad\/test)\//;

/**
 * Whether a file below `dist/` or a floor is shipped.
 * Of the floors only what the compiler does not copy and a program reads: data, workers, job specs.
 */
export const isOurs = (path: string): boolean => {
  if (development.test(path)) return false;
  if (path.startsWith("dist/"))
    return /^dist\/(dashboard|protocols|actors|supervisors|edge|cli|deploy)\//.test(path);
  // The scripts right in deploy/ and the first boot of a clone compile and check: there is nothing to compile here.
  if (/^deploy\/([^/]+\.mjs|local\/bootstrap\.mjs)$/.test(path)) return false;
  return /\.(json|mjs|conf|hcl|sql|txt)$/.test(path);
};

/** uWebSockets.js brings a binary for each system and each Node: 260 MB, of which one is used. */
const nativePart = /^node_modules\/uWebSockets\.js\/uws_([a-z0-9]+)_([a-z0-9]+)_(\d+)\.node$/;

/** Types and maps of packages serve compilers and debuggers. */
const forDevelopers = /\.(d\.[cm]?ts|[cm]?js\.map|[cm]?ts\.map|css\.map)$/;

/** Whether a file of a production package is shipped. */
export const isPackaged = (path: string, { platform, arch, abi }: Platform): boolean => {
  const native = nativePart.exec(path);
  if (native !== null) return native[1] === platform && native[2] === arch && native[3] === abi;
  return !forDevelopers.test(path);
};
