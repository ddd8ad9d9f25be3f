/**
 * Runs inside the page, after the text script: what a control is called. In the order of how sure it is: its label, the words that
 * ARIA names, the legend, the words beside it, its placeholder, its name.
 */
export const labelScript = String.raw`
  const named = (ids, near) => (ids ?? "").split(/\s+/).map((id) => textOf(byId(id, near))).filter(Boolean).join(" ");
  const labels = below(document.body ?? document.documentElement, "label");
  const ownLabel = (control) => (control.id ? labels.find((one) => one.htmlFor === control.id && one.getRootNode() === control.getRootNode()) : null) ?? null;

  /** Controls that a person sees; they part the page into what belongs to which. */
  const visibleControls = (root) => below(root, "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea, [role=combobox], [role=radio], [role=spinbutton], button[aria-haspopup=listbox]")
    .filter((one) => one.type === "file" || seen(one));
  /** The words next to controls that have no label: of the smallest part of the page that holds them and no other. */
  const wordsBeside = (members) => {
    let part = members[0], shared = false;
    for (let whole = parentOf(part), steps = 0; whole && whole !== document.body && steps < 7; part = whole, whole = parentOf(whole), steps++) {
      const others = visibleControls(whole).filter((one) => !members.includes(one) && !members.some((member) => one.contains(member) || member.contains(one)));
      if (others.length === 0) {
        const label = below(whole, "label, legend, [class*=label]:not(input), [class*=Label]:not(input), dt, th").find((one) => !members.some((member) => one.contains(member)) && !members.some((member) => member.id && one.htmlFor === member.id) && textOf(one));
        const text = textOf(label) || (members.length === 1 ? textOf(whole) : "");
        if (text && text.length < 600) return { text, shared: false, element: label ?? whole };
        if (members.length > 1) for (const child of whole.children) {
          if (members.some((member) => child.contains(member))) break;
          if (textOf(child)) return { text: textOf(child), shared: false, element: child };
        }
        continue;
      }
      // Others are in here too: only what stands directly before ours is ours.
      for (let before = part.previousSibling; before; before = before.previousSibling) {
        if (before.nodeType === 3 && clean(before.data)) return { text: clean(before.data), shared, element: whole };
        if (before.nodeType !== 1) continue;
        if (visibleControls(before).length > 0 || (before.matches("input, select, textarea") && seen(before))) { shared = true; if (part.tagName === "TD" || whole.matches("tr")) break; continue; }
        if (/^H[1-6]$/.test(before.tagName)) break;
        if (!textOf(before)) continue;
        // It names another control, or stands behind one that has no other name.
        if (before.htmlFor && !members.some((member) => member.id === before.htmlFor)) break;
        // One label for a row of controls: the next one has no words of its own before it.
        const after = part.nextElementSibling;
        return { text: textOf(before), shared: shared || others.some((one) => part.contains(one)) || (after !== null && visibleControls(after).length > 0 && !textOf(after)), element: before };
      }
      if (part.matches("td, th, li, fieldset, section, form")) break;
    }
    return { text: "", shared: false, element: null };
  };

  const setOf = (control) => closest(control, "fieldset, [role=radiogroup], [role=group]");
  const groupLabel = (control) => {
    const set = setOf(control);
    if (!set) return { text: "", element: null };
    const legend = set.tagName === "FIELDSET" ? set.querySelector("legend") : null;
    return { text: textOf(legend) || named(set.getAttribute("aria-labelledby"), set) || clean(set.getAttribute("aria-label")), element: legend };
  };

  const humanised = (name) => clean(String(name ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_\-.[\]:]+/g, " "));

  /** { text, element, from }: \`from\` says how far it may be trusted. */
  const labelOf = (control, members = [control]) => {
    const own = ownLabel(control);
    if (textOf(own)) return { text: textOf(own), element: own, from: "label" };
    const around = closest(control, "label");
    if (textOf(around)) return { text: textOf(around), element: around, from: "label" };
    const described = named(control.getAttribute("aria-labelledby"), control);
    if (described) return { text: described, element: byId((control.getAttribute("aria-labelledby") ?? "").split(/\s+/)[0], control), from: "aria" };
    const aria = clean(control.getAttribute("aria-label"));
    if (aria) return { text: aria, element: null, from: "aria" };
    const set = setOf(control);
    const legend = groupLabel(control);
    if (legend.text && visibleControls(set).filter((one) => !members.includes(one)).length === 0) return { text: legend.text, element: legend.element, from: "legend" };
    const beside = wordsBeside(members);
    const hint = clean(control.getAttribute("placeholder")) || clean(control.getAttribute("title"));
    if (beside.text && !(beside.shared && hint)) return { text: beside.text, element: beside.element, from: "beside" };
    if (hint && !/^(?:type here|your answer|enter|start typing|search|select)\b/i.test(hint)) return { text: hint, element: beside.element, from: "placeholder" };
    return { text: humanised(control.getAttribute("name") || control.id), element: null, from: "name" };
  };

  const headingOf = (control) => {
    const parts = [];
    const set = setOf(control);
    if (set && groupLabel(control).text) parts.push(groupLabel(control).text);
    // The nearest headings above it, from the inside out.
    for (let at = control; at && at !== document.body && parts.length < 4; at = parentOf(at)) {
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
        const heading = before.matches("h1, h2, h3, h4, h5, h6, legend, [role=heading]") ? before : before.children.length < 4 && visibleControls(before).length === 0 ? before.querySelector("h1, h2, h3, h4, h5, h6, [role=heading]") : null;
        if (heading && textOf(heading)) { parts.push(textOf(heading)); break; }
      }
    }
    return [...new Set(parts)].join(" / ").slice(0, 300);
  };

  const requiredLook = (element) => {
    if (!element) return false;
    if (/(?:^|[\s_-])required(?:$|[\s_-])/i.test(String(element.className)) && !/not[-_]?required/i.test(String(element.className))) return true;
    return [element, ...Array.from(element.querySelectorAll("*")).slice(0, 8)].some((one) => /[*✱]/.test(getComputedStyle(one, "::after").content) || /[*✱]/.test(getComputedStyle(one, "::before").content));
  };
`;
