/** Runs inside the page, before the other scripts: walks through open shadow roots, reads text as people see it, tells what is visible. */
export const textScript = String.raw`
  const clean = (text) => String(text ?? "").replace(/\s+/g, " ").trim();
  const parentOf = (one) => one.parentElement ?? (one.getRootNode() instanceof ShadowRoot ? one.getRootNode().host : null);
  const up = (one, test) => { for (let at = one; at; at = parentOf(at)) if (test(at)) return at; return null; };
  const closest = (one, selector) => up(one, (at) => at.matches(selector));
  const below = (root, selector) => {
    const found = [];
    const walk = (node) => {
      for (const child of node.children) {
        if (child.matches(selector)) found.push(child);
        if (child.shadowRoot) walk(child.shadowRoot);
        walk(child);
      }
    };
    walk(root);
    return found;
  };
  const byId = (id, near) => (id ? (near.getRootNode().getElementById?.(id) ?? document.getElementById(id)) : null);

  const noWords = "input, select, textarea, button, option, script, style, template, noscript, .error, [data-field-error], .help, [role=button], [role=listbox], [role=option], [role=combobox], [role=spinbutton], [role=status], [role=log], a[class*=btn], a[class*=button]";
  /** The words of an element without those of its controls, and without what is not shown inside it. */
  const textOf = (node) => {
    if (!node) return "";
    const words = [];
    const walk = (one) => {
      if (one.nodeType === 3) words.push(one.data);
      if (one.nodeType !== 1 || (one !== node && (one.matches(noWords) || getComputedStyle(one).display === "none"))) return;
      words.push(" ");
      for (const child of one.childNodes) walk(child);
      if (one.shadowRoot) for (const child of one.shadowRoot.childNodes) walk(child);
      words.push(" ");
    };
    walk(node);
    return clean(words.join(""));
  };
  const stars = /[*✱∗]|\((?:required|pflichtfeld|obligatoire|obligatorio|obrigat[oó]rio)\)|\bpflichtfeld\b/i;
  const bare = (label) => clean(label.replace(/[*✱∗]+/g, " ").replace(/\((?:required|optional|pflichtfeld|facultatif|obligatoire|opcional|obligatorio)\)/gi, " ")).slice(0, 500);

  /** "" if people see it, else how it is hidden: "gone" (not drawn at all) or "tricked" (drawn where nobody sees it). */
  const hiddenBy = (element) => {
    for (let one = element; one && one !== document.documentElement; one = parentOf(one)) {
      const style = getComputedStyle(one);
      if (style.display === "none" || style.visibility === "hidden" || style.visibility === "collapse" || style.contentVisibility === "hidden") return "gone";
      if (Number(style.opacity) < 0.05) return "tricked";
      if (/^rect\(0/.test(style.clip) || /inset\((?:50|100)%/.test(style.clipPath) || /circle\(0/.test(style.clipPath)) return "tricked";
      if (/scale\(0(?:\.0+)?\)|matrix\(0, 0, 0, 0/.test(style.transform)) return "tricked";
      const box = one.getBoundingClientRect();
      if (style.overflow !== "visible" && (box.width <= 1 || box.height <= 1)) return "tricked";
    }
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return element.getClientRects().length === 0 ? "gone" : "tricked";
    if (parseFloat(getComputedStyle(element).fontSize) < 2 && /^(?:INPUT|TEXTAREA)$/.test(element.tagName) && element.type !== "checkbox" && element.type !== "radio") return "tricked";
    const left = box.left + scrollX, top = box.top + scrollY;
    const drawn = left + box.width > 0 && top + box.height > 0 && left < Math.max(document.documentElement.scrollWidth, innerWidth);
    // Far to the right makes the page as wide as itself: nobody scrolls there.
    return drawn && left < 4000 + innerWidth ? "" : "tricked";
  };
  const seen = (element) => hiddenBy(element) === "";
`;
