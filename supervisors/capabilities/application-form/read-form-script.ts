/**
 * Runs inside the page (so it is text, not a function of ours): finds the application form and describes its fields by
 * labels, ARIA and types. Marks each control with `data-callboard`, its number, and the form with `data-callboard-form`.
 */
export const readFormScript = String.raw`(() => {
  const clean = (text) => String(text ?? "").replace(/\s+/g, " ").trim();
  const textOf = (node) => {
    if (!node) return "";
    const copy = node.cloneNode(true);
    for (const inner of copy.querySelectorAll("input, select, textarea, button, script, style, .error, [data-field-error], .help"))
      inner.remove();
    return clean(copy.textContent);
  };
  const byId = (id) => (id ? document.getElementById(id) : null);
  const stars = /[*✱]|\(required\)|\bpflichtfeld\b/i;
  const bare = (label) => clean(label.replace(/[*✱]+/g, " ").replace(/\((?:required|optional)\)/gi, " ")).slice(0, 500);

  const seen = (element) => {
    for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === "none" || style.visibility === "hidden" || style.visibility === "collapse") return false;
      if (Number(style.opacity) === 0) return false;
      if (/^rect\(0/.test(style.clip) || /inset\((?:50|100)%/.test(style.clipPath)) return false;
      const box = one.getBoundingClientRect();
      if (style.overflow !== "visible" && (box.width <= 1 || box.height <= 1)) return false;
    }
    const box = element.getBoundingClientRect();
    if (box.width <= 1 && box.height <= 1) return false;
    const left = box.left + scrollX, top = box.top + scrollY;
    return left + box.width > 0 && top + box.height > 0 && left < Math.max(document.documentElement.scrollWidth, innerWidth);
  };
  const trapWords = /leave (?:this )?(?:field )?(?:empty|blank)|robots? only|do not (?:fill|enter)|if you(?: are|'re|’re) (?:a )?human|nicht ausf/i;
  const trapNames = /honey|beecatcher|^hp_|_hp$|bot[_-]?trap/i;

  const labelOf = (control) => {
    const own = control.id ? Array.from(document.querySelectorAll("label")).find((one) => one.htmlFor === control.id) : null;
    const described = (control.getAttribute("aria-labelledby") ?? "").split(/\s+/).map(byId).map(textOf).filter(Boolean).join(" ");
    const wrapper = control.closest("[data-field], .field, .form-group, .application-question, li, td, p, div");
    const beside = wrapper ? Array.from(wrapper.children).find((one) => one !== control && !one.contains(control) && /^(?:LABEL|SPAN|DIV|P|STRONG|DT)$/.test(one.tagName) && textOf(one)) : null;
    const cell = control.closest("td")?.previousElementSibling;
    return textOf(own) || textOf(control.closest("label")) || described || clean(control.getAttribute("aria-label"))
      || textOf(beside) || textOf(cell) || clean(control.placeholder) || clean(control.name);
  };
  const groupLabel = (control) => {
    const set = control.closest("fieldset, [role=radiogroup], [role=group]");
    if (!set) return "";
    const described = (set.getAttribute("aria-labelledby") ?? "").split(/\s+/).map(byId).map(textOf).filter(Boolean).join(" ");
    return textOf(set.querySelector("legend")) || described || clean(set.getAttribute("aria-label"));
  };
  // Without a fieldset: the words before the choices, in the smallest part of the page that holds them all.
  const besideGroup = (members) => {
    let whole = members[0].parentElement;
    while (whole && !(members.every((one) => whole.contains(one)) && members.length > 1)) whole = whole.parentElement;
    for (let part = whole, up = 0; part && part.tagName !== "FORM" && up < 3; part = part.parentElement, up++) {
      const before = Array.from(part.children).find((one) => !members.some((member) => one.contains(member)) && textOf(one));
      if (before) return textOf(before);
    }
    return "";
  };
  const sectionOf = (control) => {
    const section = control.closest("section, fieldset");
    return section ? textOf(section.querySelector("h1, h2, h3, h4, legend")) : "";
  };

  const controlsOf = (root) => Array.from(root.querySelectorAll("input, select, textarea"));
  const fillable = (one) => !/^(?:hidden|submit|button|image|reset)$/.test(one.type) && !one.disabled;
  const forms = Array.from(document.forms).map((form) => {
    const controls = controlsOf(form).filter(fillable);
    const has = (test) => controls.some(test);
    const asks = (words) => has((one) => words.test(labelOf(one) + " " + one.name));
    const points = controls.length + (has((one) => one.type === "file") ? 20 : 0) + (asks(/e-?mail/i) ? 5 : 0) + (asks(/resume|résumé|\bcv\b|lebenslauf/i) ? 10 : 0);
    return { form, points, fit: has((one) => one.type === "file" || one.type === "password") || (asks(/e-?mail/i) && controls.length >= 3) };
  }).filter(({ fit }) => fit).sort((a, b) => b.points - a.points);
  const form = document.querySelector("[data-callboard-form]") ?? forms[0]?.form;
  if (!form) {
    const apply = Array.from(document.querySelectorAll("a[href]")).find((a) =>
      /^\W*(?:apply|jetzt bewerben|bewerben|postuler|solicitar)/i.test(clean(a.textContent)) && /^https?:/.test(a.href));
    return { found: false, applyUrl: apply ? String(apply.href) : "", fields: [], refused: [] };
  }
  form.setAttribute("data-callboard-form", "");

  let last = controlsOf(form).reduce((most, one) => Math.max(most, Number(one.getAttribute("data-callboard") ?? -1)), -1);
  const refOf = (control) => {
    if (!control.hasAttribute("data-callboard")) control.setAttribute("data-callboard", String(++last));
    return Number(control.getAttribute("data-callboard"));
  };
  const choiceText = (control) => bare(textOf(control.closest("label")) || labelOf(control) || control.value);

  const fields = [], groups = new Map();
  for (const control of controlsOf(form).filter(fillable)) {
    const many = control.type === "radio" || control.type === "checkbox";
    const key = many && control.name ? control.type + " " + control.name : "";
    if (key && groups.has(key)) { groups.get(key).push(control); continue; }
    const members = [control];
    if (key) groups.set(key, members);
    fields.push(members);
  }
  return {
    found: true,
    applyUrl: "",
    refused: form.noValidate ? [] : controlsOf(form).filter((one) => one.willValidate && !one.checkValidity()).map((one) => bare(labelOf(one))).slice(0, 50),
    fields: fields.slice(0, 300).map((members) => {
      const control = members[0];
      const type = control.tagName === "SELECT" ? "select" : control.tagName === "TEXTAREA" ? "textarea" : String(control.type);
      const choice = type === "radio" || type === "checkbox";
      const single = type === "checkbox" && members.length === 1 && (!groupLabel(control) || /\[\]$/.test(control.name) === false);
      const kind = type === "radio" ? "radio" : type === "checkbox" ? (single ? "checkbox" : "checkboxes")
        : type === "select" || type === "textarea" || type === "file" || type === "password" ? type
        : /^(?:text|email|tel|number|url|search|date|month)$/.test(type) ? "text" : "other";
      const raw = (kind === "radio" || kind === "checkboxes") ? groupLabel(control) || besideGroup(members) || labelOf(control) : labelOf(control);
      const set = choice ? control.closest("fieldset, [role=radiogroup], [role=group]") : null;
      const visible = members.some((one) => seen(one) || (choice && seen(one.closest("label") ?? one)));
      const words = raw + " " + textOf(control.closest("label"));
      return {
        ref: refOf(control), kind, type, name: String(control.name), label: bare(raw), section: sectionOf(control).slice(0, 200),
        autocomplete: String(control.getAttribute("autocomplete") ?? ""),
        required: members.some((one) => one.required || one.getAttribute("aria-required") === "true") || set?.getAttribute("aria-required") === "true" || stars.test(raw),
        maxLength: control.maxLength > 0 ? control.maxLength : 0,
        trap: trapWords.test(words) || trapNames.test(control.name) || trapNames.test(control.id) || (kind !== "file" && (!visible || control.closest("[aria-hidden=true]") !== null)),
        options: kind === "select" ? Array.from(control.options).map((one) => one.value === "" || one.disabled ? "" : clean(one.text))
          : kind === "radio" || kind === "checkboxes" ? members.map((one) => (refOf(one), choiceText(one))) : [],
        value: kind === "select" ? Array.from(control.selectedOptions).filter((one) => one.value !== "").map((one) => clean(one.text))
          : kind === "file" ? Array.from(control.files).map((file) => file.name)
          : choice ? members.filter((one) => one.checked).map((one) => single ? "on" : choiceText(one))
          : control.value === "" ? [] : [String(control.value)],
      };
    }),
  };
})()`;
