/** The three weights of a button. One accent colour for what one can do; colours of state are never used here. */
import type { ButtonHTMLAttributes } from "react";

type Weight = "primary" | "plain" | "quiet";

const looks: Record<Weight, string> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover border-transparent",
  plain: "bg-surface text-ink border-line-strong hover:bg-sunken",
  quiet: "border-transparent text-ink-soft hover:bg-sunken hover:text-ink",
};

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly weight?: Weight;
  /** The key that does the same; shown, and told to assistive technology. */
  readonly shortcut?: { readonly label: string; readonly keys: string };
}

export function Button({ weight = "plain", shortcut, className = "", children, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-keyshortcuts={shortcut?.keys}
      className={`inline-flex items-center justify-center gap-2 rounded-lg border px-3 py-1.5 font-medium transition-colors disabled:opacity-50 ${looks[weight]} ${className}`}
      {...rest}
    >
      {children}
      {shortcut && (
        <span className="key" aria-hidden="true">
          {shortcut.label}
        </span>
      )}
    </button>
  );
}
