/** A share as text: 0.961 -> "96.1 %"; a share that nobody can know yet is a dash. */
export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined
    ? "–"
    : `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
