/** A line of a résumé as a person sees it, with what its looks say about its part. */
export interface TextLine {
  /** Visible text; a tab stands where a wide gap parts two pieces of one line. */
  readonly text: string;
  /** Height of the letters in points; 0 if the format knows none. */
  readonly size: number;
  readonly bold: boolean;
  /** Set as a heading by the format itself (a Word style, a Markdown #). */
  readonly heading: boolean;
  /** Begins a list item; the mark itself is not in `text`. */
  readonly bullet: boolean;
  /** More room above than between the lines of a paragraph. */
  readonly gap: boolean;
}

export const plainLine = (text: string, rest: Partial<TextLine> = {}): TextLine => ({
  text,
  size: 0,
  bold: false,
  heading: false,
  bullet: false,
  gap: false,
  ...rest,
});

/** What every format's reader gives. */
export interface FileText {
  readonly lines: readonly TextLine[];
  /** Text that a person would not see, bounded; it is reported and never scored. */
  readonly hidden: readonly string[];
  /** Kinds of trouble met on the way, in words for people. */
  readonly problems: readonly { readonly kind: string; readonly message: string }[];
}

/** Bullets as they come out of fonts, symbol fonts included (private use area). */
const bulletMark =
  /^[\s]*(?:[•●○◦▪■□▫‣⁃∙·➢➤►▶✓✔❖◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf06e\uf071*–—-])(?:\s+|(?=\p{L}))/u;

/** Takes the bullet off a line that begins with one. A dash needs a blank after it, else it is a sign. */
export function withoutBullet(text: string): { text: string; bullet: boolean } {
  const match = bulletMark.exec(text);
  if (match === null || (/[-–—*]$/.test(match[0]) && !/\s$/.test(match[0]))) return { text, bullet: false };
  return { text: text.slice(match[0].length), bullet: true };
}
