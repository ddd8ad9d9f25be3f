/** Why a list of people is empty. */
export function NobodyListed({ known, find }: { known: boolean; find: string }) {
  return (
    <p className="text-ink-soft p-4">
      {!known
        ? "Asking who is there…"
        : find
          ? "Nobody is called like that."
          : "There are no employees yet: create them under Accounts."}
    </p>
  );
}
