/** Narrows what is listed, at each key. "/" puts the cursor into it (`state/shortcuts.ts`). */
interface Props {
  readonly label: string;
  /** What can be typed. */
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FindField({ label, hint, value, onChange }: Props) {
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={`/ ${hint}`}
      className="field w-56 max-w-full"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
