/** Runs inside the page, after the label script: which controls there are, which of them belong together, and what each holds. */
export const controlScript = String.raw`
  const trapWords = /leave (?:this |it )?(?:field )?(?:empty|blank|alone)|robots? only|for (?:ro)?bots|do not (?:fill|enter|complete|use)|(?:don't|don’t|dont) (?:fill|enter|complete|type)|if you(?: are|'re|’re)? (?:a )?human|nicht ausf(?:ü|ue)llen|frei ?lassen|leer lassen|ne pas remplir|laisser? (?:ce champ )?vide|no (?:rellenar|llenar|completar)|dej(?:ar|e) (?:este campo )?(?:en blanco|vac)|n(?:ã|a)o preench|deix(?:ar|e) (?:este campo )?(?:em branco|vazio)|spam ?(?:trap|check)|honey ?pot/i;
  const trapNames = /honey|beecatcher|(?:^|[_-])hp(?:[_-]|$)|bot[_-]?(?:trap|field|check|catcher)|(?:^|[_-])trap(?:[_-]|$)|antispam|spam[_-]?(?:check|trap)|gotcha/i;
  const captchaNames = /recaptcha-response|h-captcha-response|cf-turnstile-response/;
  const shell = /select2|chosen|choices|selectize|ts-wrapper|bootstrap-select|nice-select|custom-select|select__control|ui-selectmenu|dropdown/i;

  const controlsOf = (root) => below(root, "input, select, textarea");
  const fillable = (one) => !/^(?:hidden|submit|button|image|reset)$/.test(one.type ?? "") && !captchaNames.test(one.name ?? "");
  const optionText = (control) => {
    if (control.matches("button, [role=radio]:not(input)") && clean(control.textContent)) return bare(clean(control.textContent));
    const own = ownLabel(control);
    const next = control.nextElementSibling && !controlsOf(control.nextElementSibling).length ? textOf(control.nextElementSibling) : "";
    const after = control.nextSibling && control.nextSibling.nodeType === 3 ? clean(control.nextSibling.data) : "";
    return bare(textOf(own) || textOf(closest(control, "label")) || named(control.getAttribute("aria-labelledby"), control) || clean(control.getAttribute("aria-label")) || after || next || (control.matches("[role]") ? clean(control.textContent) : "") || control.value || "");
  };

  /** Two to six buttons of which one is pressed to answer: with a state that ARIA tells, or a plain yes and no. */
  const buttonSets = (root) => {
    const sets = new Map();
    for (const one of below(root, "button, [role=radio]")) {
      if (one.matches("input") || !parentOf(one) || (one.tagName === "BUTTON" && one.type === "submit" && closest(one, "form") && !one.hasAttribute("aria-pressed") && one.getAttribute("role") !== "radio")) continue;
      const set = closest(one, "[role=radiogroup]") ?? parentOf(one);
      if (!sets.has(set)) sets.set(set, []);
      sets.get(set).push(one);
    }
    return [...sets].filter(([, members]) => {
      const yesNo = members.length === 2 && /^(?:yes|ja|oui|s[ií]|sim)$/i.test(clean(members[0].textContent)) && /^(?:no|nein|non|n[aã]o)$/i.test(clean(members[1].textContent));
      return members.length >= 2 && members.length <= 12 && (yesNo || members.every((one) => one.getAttribute("role") === "radio" || (one.hasAttribute("aria-pressed") && one.textContent.trim() !== "")));
    });
  };

  /** Controls as a person counts them: radios and ticks of one question are one, and so are the buttons of a yes/no. */
  const groupControls = (root) => {
    const groups = [], byKey = new Map(), taken = new Set();
    const sets = buttonSets(root);
    for (const [set, members] of sets) {
      const wrapper = up(set, (at) => at !== set && controlsOf(at).length > 0) ?? set;
      // The hidden control that remembers what was pressed is no question of its own.
      for (const companion of [...controlsOf(set), ...(wrapper.contains(set) && visibleControls(wrapper).length <= members.length ? controlsOf(wrapper) : [])])
        if (fillable(companion) && !seen(companion)) taken.add(companion);
      groups.push({ kind: "buttons", lead: members[0], members, holder: set });
    }
    for (const control of below(root, "input, select, textarea, [role=combobox], [role=checkbox], [role=switch], button[aria-haspopup=listbox], [role=textbox][contenteditable=true]")) {
      if (taken.has(control) || (control.matches("input, select, textarea") && !fillable(control))) continue;
      if (control.matches("[role=combobox]:not(input, textarea)") && control.querySelector("input:not([type=hidden])")) continue; // Its input is the control.
      if (control.tagName === "BUTTON" && closest(control, "header, nav, footer")) continue;
      const role = control.getAttribute("role");
      const tick = control.type === "checkbox" || role === "checkbox" || role === "switch";
      const many = control.type === "radio" || (control.type === "checkbox" && !role);
      const set = many ? (control.name ? control.name.replace(/\[\d*\]$/, "[]") : "") : "";
      // Ticks without a common name but under one legend are one question.
      const unnamed = control.type === "checkbox" && (setOf(control) ?? wordsHolder(control));
      const key = control.type === "radio" ? "radio " + set : many && set && sameName(root, control) ? "tick " + set : unnamed && optionsUnder(unnamed) > 1 ? unnamed : null;
      if (key && byKey.has(key)) { byKey.get(key).members.push(control); continue; }
      const group = { kind: kindOf(control, tick), lead: control, members: [control], holder: null };
      if (key) byKey.set(key, group);
      groups.push(group);
    }
    for (const group of groups) {
      if (group.kind === "checkbox" && group.members.length > 1) group.kind = "checkboxes";
      const choice = group.kind === "radio" || group.kind === "checkboxes" || group.kind === "buttons";
      const of = choice ? groupLabel(group.lead) : { text: "" };
      const shared = choice && of.text && group.kind !== "buttons" && visibleControls(setOf(group.lead)).some((one) => !group.members.includes(one) && one.type !== "text" && one.tagName !== "TEXTAREA");
      group.label = of.text && !shared ? { ...of, from: "legend" } : choice ? besideOr(group) : labelOf(group.lead, group.members);
    }
    // In the order of the page.
    return groups.sort((a, b) => (a.lead.compareDocumentPosition(b.lead) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  };
  const besideOr = ({ members, holder, lead, kind }) => {
    const own = holder?.getAttribute("aria-label") || named(holder?.getAttribute("aria-labelledby"), lead);
    if (own) return { text: own, element: null, from: "aria" };
    // A label that points at what the buttons stand for.
    const wrapper = closest(lead, "[data-field-path], [data-automation-id], [class*=field], [class*=Field], [class*=question], li") ?? parentOf(lead);
    const label = kind === "buttons" ? below(wrapper, "label, legend, [class*=label], [class*=question-title], h3, h4, p").find((one) => !members.some((member) => one.contains(member)) && textOf(one)) : null;
    if (label) return { text: textOf(label), element: label, from: "label" };
    const beside = wordsBeside(members);
    return beside.text ? { text: beside.text, element: beside.element, from: "beside" } : { text: humanised(lead.name || lead.id), element: null, from: "name" };
  };
  const sameName = (root, control) => controlsOf(root).filter((one) => one.type === "checkbox" && one.name === control.name).length > 1 || /\[\d*\]$/.test(control.name);
  const wordsHolder = (control) => up(parentOf(control), (at) => controlsOf(at).filter((one) => one.type === "checkbox").length > 1);
  const optionsUnder = (set) => {
    const inside = controlsOf(set).filter((one) => fillable(one) && seen(one));
    // Long ones are statements to agree to, each for itself.
    return inside.every((one) => one.type === "checkbox" && optionText(one).length < 60) ? inside.length : 0;
  };
  const kindOf = (control, tick) => {
    const role = control.getAttribute("role");
    if (role === "combobox" || control.matches("button[aria-haspopup=listbox]") || (control.matches("input[data-uxi-widget-type=selectinput]"))) return "combobox";
    if (role === "spinbutton") return "spin";
    if (tick) return "checkbox";
    if (control.tagName === "SELECT") return "select";
    if (control.tagName === "TEXTAREA" || role === "textbox") return "textarea";
    const type = String(control.type);
    if (/^(?:radio|file|password)$/.test(type)) return type;
    return /^(?:text|email|tel|number|url|search|date|month)$/.test(type) ? "text" : "other";
  };

  const blank = /^(?:[-–—. ]*(?:please )?(?:select|choose|pick)\b.*|[-–—. ]*bitte (?:aus)?w(?:ä|ae)hlen.*|(?:aus)?w(?:ä|ae)hlen.*|s(?:é|e)lectionn.*|choisi(?:r|ssez).*|seleccion.*|selecion.*|elija.*|elige.*|escolha.*|[-–—. ]*)$/i;
  const selectOptions = (control) => Array.from(control.options).map((one) => one.value === "" || one.disabled || blank.test(clean(one.text)) ? "" : clean(one.text));
  const listOf = (control) => {
    const list = byId(control.getAttribute("aria-controls") || control.getAttribute("aria-owns") || control.getAttribute("list"), control);
    return list ? below(list, "[role=option], option").map((one) => clean(one.textContent || one.value)) : [];
  };
  /** What a combobox shows as chosen: its own text, else what stands in its frame. */
  const comboValue = (control) => {
    const own = control.matches("input, textarea") ? control.value : clean(control.textContent);
    if (own && !blank.test(own)) return [own];
    const frame = closest(control, "[class*=control], [class*=multiselect], [class*=Select], [class*=select]");
    const single = frame ? below(frame, "[class*=singleValue], [class*=single-value], [class*=multiValue], [class*=multi-value], [data-automation-id=selectedItem], [data-automation-id=promptOption]").map((one) => clean(one.textContent)).filter(Boolean) : [];
    return single;
  };

  const describe = ({ kind, lead, members, holder, label }, refOf) => {
    const around = closest(lead, "[data-field-path], [data-automation-id^=formField]");
    const set = kind === "radio" || kind === "checkboxes" ? setOf(lead) : null;
    const widget = lead.tagName === "SELECT" && lead.nextElementSibling && seen(lead.nextElementSibling) && shell.test(String(lead.nextElementSibling.className));
    const choice = lead.type === "radio" || lead.type === "checkbox";
    const hides = members.map((one) => {
      const how = hiddenBy(one);
      const shown = choice && how ? [ownLabel(one), closest(one, "label")].some((other) => other && seen(other)) || (how === "tricked" && [one.nextElementSibling, parentOf(one)].some((other) => other && seen(other) && !/^(?:FORM|BODY|FIELDSET|MAIN)$/.test(other.tagName) && other.getBoundingClientRect().height < 200)) : false;
      return how && !shown && !widget ? how : "";
    });
    const hidden = hides.every(Boolean) ? (hides[0] ?? "") : "";
    const words = label.text + " " + textOf(closest(lead, "label")) + " " + named(lead.getAttribute("aria-describedby"), lead);
    const name = String(lead.name || holder?.id || around?.getAttribute("data-field-path") || lead.id || around?.getAttribute("data-automation-id") || "");
    const told = trapWords.test(words) ? "its words tell people to leave it" : trapNames.test(String(lead.name ?? "")) || trapNames.test(lead.id) || (closest(lead, "[class*=honeypot i], [id*=honeypot i], [class*='ohnohoney' i]") !== null) ? "its name is a trap's" : "";
    const unseen = kind === "file" || kind === "buttons" || kind === "spin" ? "" : hidden || (closest(lead, "[aria-hidden=true]") !== null && !choice && !widget ? "tricked" : "") || (lead.getAttribute("tabindex") === "-1" && lead.matches("input:not([type=radio]):not([type=checkbox]), textarea") && !widget && lead.getAttribute("role") === null && told ? "tricked" : "");
    // A part of the form that is not shown yet has several controls, or begins with a condition.
    const cover = hidden === "gone" ? up(lead, (at) => getComputedStyle(at).display === "none" || at.hidden) : null;
    const later = hidden !== "" && !told && closest(lead, "details:not([open])") !== null || hidden === "gone" && !told && (kind === "file" ? false : (cover && cover !== lead && (controlsOf(cover).filter(fillable).length > members.length || /\b(?:if|please specify|specify|wenn|falls|si oui|si es|se sim|bitte angeben|pr(?:é|e)cise)\b/i.test(label.text) || cover.matches("[data-step], [role=tabpanel], .step, [class*=step], [class*=conditional], [data-condition]"))));
    const named_ = (list) => list.map((one) => (refOf(one), optionText(one)));
    return {
      ref: refOf(lead), kind, name, label: bare(label.text), from: label.from ?? "label", section: headingOf(lead),
      hint: clean(lead.getAttribute("placeholder")).slice(0, 200),
      type: kind === "combobox" ? "combobox" : kind === "buttons" ? "buttons" : kind === "spin" ? "spinbutton" : lead.tagName === "SELECT" ? "select" : kind === "textarea" ? "textarea" : String(lead.type ?? kind),
      autocomplete: String(lead.getAttribute("autocomplete") ?? ""),
      required: members.some((one) => one.required || one.getAttribute("aria-required") === "true") || set?.getAttribute("aria-required") === "true" || holder?.getAttribute("aria-required") === "true" || stars.test(label.text) || stars.test(groupLabel(lead).text) || (kind === "spin" && stars.test(textOf(closest(lead, "fieldset")?.querySelector("legend")))) || requiredLook(label.element),
      disabled: members.every((one) => one.disabled === true || one.getAttribute("aria-disabled") === "true" || closest(one, "fieldset:disabled") !== null),
      readOnly: lead.readOnly === true,
      typeable: lead.matches("input, textarea"),
      maxLength: lead.maxLength > 0 ? lead.maxLength : 0, minLength: lead.minLength > 0 ? lead.minLength : 0,
      pattern: String(lead.getAttribute("pattern") ?? ""), min: String(lead.getAttribute("min") ?? lead.getAttribute("aria-valuemin") ?? ""), max: String(lead.getAttribute("max") ?? lead.getAttribute("aria-valuemax") ?? ""),
      accept: String(lead.getAttribute("accept") ?? ""), multiple: lead.multiple === true || lead.closest("[role=listbox][aria-multiselectable=true]") !== null,
      trap: Boolean(told) || (Boolean(unseen) && !later),
      hidden: told || (unseen && !later ? (unseen === "gone" ? "it is not shown" : "people can't see it") : later ? "later" : ""),
      options: kind === "select" ? selectOptions(lead) : kind === "radio" || kind === "checkboxes" || kind === "buttons" ? named_(members) : kind === "combobox" || lead.getAttribute("list") ? listOf(lead) : [],
      refs: kind === "radio" || kind === "checkboxes" || kind === "buttons" ? members.map(refOf) : [],
      value: kind === "select" ? Array.from(lead.selectedOptions).filter((one) => one.value !== "" && !blank.test(clean(one.text))).map((one) => clean(one.text))
        : kind === "file" ? Array.from(lead.files).map((file) => file.name)
        : kind === "buttons" ? members.filter((one) => [one.getAttribute("aria-pressed"), one.getAttribute("aria-checked"), one.getAttribute("aria-selected"), one.getAttribute("data-state")].some((state) => /^(?:true|on|checked|active)$/.test(state ?? "")) || /(?:^|[\s_-])(?:active|selected)/i.test(String(one.className))).map(optionText)
        : kind === "combobox" ? comboValue(lead)
        : choice || kind === "checkbox" ? members.filter((one) => one.checked === true || one.getAttribute("aria-checked") === "true").map((one) => kind === "checkbox" ? "on" : optionText(one))
        : kind === "textarea" && !("value" in lead) ? [clean(lead.textContent)].filter(Boolean)
        : lead.value === "" || lead.value === undefined ? [] : [String(lead.value)],
      holds: choice ? members.filter((one) => one.checked).map((one) => String(one.value)) : kind === "select" ? Array.from(lead.selectedOptions).map((one) => one.value) : [],
    };
  };
`;
