/** The dot on the tab's icon: seen while another tab is in front. */
const link = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]');
const plain = link()?.getAttribute("href") ?? "";

/** @param colour of the dot, or null for the icon as it is */
export function showDot(colour: string | null): void {
  const icon = link();
  if (!icon) return;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 2 30 16 16 30 2 16z" fill="#4f46e5"/><circle cx="24" cy="24" r="8" fill="${colour}"/></svg>`;
  icon.href = colour === null ? plain : `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
