/**
 * Runs inside the page (so it is text, not functions of ours): finds the application form and describes its fields by labels,
 * ARIA and types. Marks each control with `data-callboard`, its number, and the form with `data-callboard-form`.
 */
import { controlScript } from "./control-script.ts";
import { labelScript } from "./label-script.ts";
import { textScript } from "./text-script.ts";

export const readFormScript = String.raw`(() => {
  ${textScript}
  ${labelScript}
  ${controlScript}
  const everything = document.body ?? document.documentElement;
  const inForm = (one) => closest(one, "form") ?? (one.form instanceof HTMLFormElement ? one.form : null);
  const all = groupControls(everything);
  const asks = (group, words) => words.test(group.label.text + " " + group.lead.name + " " + group.lead.id + " " + (group.lead.autocomplete ?? ""));
  const points = (groups) => {
    const has = (words) => groups.some((group) => asks(group, words));
    const file = groups.some(({ kind }) => kind === "file"), password = groups.some(({ kind }) => kind === "password");
    const mail = has(/e-?mail|correo/i), person = has(/\bname|nachname|vorname|nom\b|nombre|nome\b/i), resume = has(/resume|résumé|\bcv\b|lebenslauf|curr[ií]cul/i);
    const career = has(/linkedin|salary|notice|experience|education|job ?title|cover|phone|telefon|address/i);
    const fit = file || password || resume || (mail && groups.length >= 3) || (person && groups.length >= 4) || (career && groups.length >= 3);
    return { fit, login: password && !file && groups.length <= 4, points: groups.length + (file ? 20 : 0) + (mail ? 5 : 0) + (person ? 5 : 0) + (resume ? 10 : 0) + (career ? 3 : 0) };
  };
  // Fields without a form around them are one form, except those of search boxes and page headers.
  const roots = [...new Set(all.map(({ lead }) => inForm(lead)))];
  const ranked = roots.map((form) => {
    const groups = all.filter(({ lead }) => inForm(lead) === form && (form !== null || !closest(lead, "header, nav, footer, [role=search], [role=navigation], [role=banner]")));
    return { form, groups, ...points(groups) };
  }).filter(({ fit }) => fit).sort((a, b) => b.points - a.points);
  const marked = document.querySelector("[data-callboard-form]");
  const chosen = marked ? (ranked.find(({ form }) => (form ?? everything) === marked) ?? ranked[0]) : (ranked.find(({ login }) => !login) ?? ranked[0]);

  const sign = (selector) => below(everything, selector).length > 0;
  const captcha = sign(".g-recaptcha, .h-captcha, .cf-turnstile, [data-hcaptcha-widget-id], [class*=captcha i] [data-sitekey], div[data-sitekey], iframe[src*=recaptcha], iframe[src*=hcaptcha], iframe[src*='challenges.cloudflare'], iframe[title*=captcha i], iframe[src*=captcha i], img[src*=captcha i], img[alt*=captcha i], [name=g-recaptcha-response], [name=h-captcha-response], [name=cf-turnstile-response], .px-captcha, #px-captcha, [class*=arkose i], [class*=funcaptcha i], .geetest_holder");
  const buttonWords = (one) => clean(one.textContent + " " + (one.value && one.tagName === "INPUT" ? one.value : "") + " " + (one.getAttribute("aria-label") ?? ""));
  const buttonsIn = (root) => below(root, "button, input[type=submit], input[type=button], input[type=image], [role=button], a[class*=btn], a[class*=button]").filter(seen);
  const usable = (one) => !one.disabled && one.getAttribute("aria-disabled") !== "true";
  if (!chosen) {
    const apply = below(everything, "a[href]").find((a) =>
      /^\W*(?:apply|jetzt bewerben|bewerben|postuler|candidatar|inscribirse|solicitar|aplicar)/i.test(clean(a.textContent)) && /^https?:/.test(a.href));
    return { found: false, login: false, captcha, points: 0, step: "", next: "", button: false, applyUrl: apply ? String(apply.href) : "", fields: [], refused: [], title: clean(document.title).slice(0, 300) };
  }
  const form = chosen.form ?? everything;
  form.setAttribute("data-callboard-form", "");

  const marks = below(everything, "[data-callboard]").map((one) => Number(one.getAttribute("data-callboard")));
  let last = Math.max(-1, ...marks);
  const refOf = (control) => {
    if (!control.hasAttribute("data-callboard")) control.setAttribute("data-callboard", String(++last));
    return Number(control.getAttribute("data-callboard"));
  };

  // The one button that ends it, and the one that only shows the next part. Where several could be it, it is none.
  const sends = /\b(?:submit|apply|send)\b|bewerb|absenden|abschicken|einreichen|postuler|envoyer|soumettre|enviar|candidatar|postular|solicitar|inviar|verzend|solliciter/i;
  const further = /\b(?:next|continue|proceed|save and continue)\b|^weiter|n[aä]chster|suivant|continuer|siguiente|continuar|pr[oó]xim|avan[cç]ar|avanti/i;
  const otherThing = /linkedin|indeed|google|facebook|seek\b|autofill|upload|attach|import|save (?:as )?draft|sign in|log ?in|cookie|newsletter|subscribe|filter|search|upload|verif/i;
  const buttons = buttonsIn(form).concat(form.id ? below(everything, 'button[form="' + CSS.escape(form.id) + '"]').filter((one) => !form.contains(one) && seen(one)) : [])
    .filter((one) => !otherThing.test(buttonWords(one)) && !one.hasAttribute("data-callboard"));
  const words = buttons.filter((one) => sends.test(buttonWords(one)));
  const typed = buttons.filter((one) => /^(?:submit|image)$/.test(one.type) && (one.tagName === "INPUT" || one.hasAttribute("type") || one.closest("form")) && !further.test(buttonWords(one)));
  const onlyOne = (list) => (list.length === 1 ? list[0] : undefined);
  const ending = onlyOne(words.filter((one) => one.type === "submit")) ?? onlyOne(words) ?? (words.length === 0 ? onlyOne(typed) : undefined);
  for (const old of below(everything, "[data-callboard-submit]")) old.removeAttribute("data-callboard-submit");
  if (ending && usable(ending)) ending.setAttribute("data-callboard-submit", "");
  const next = ending ? undefined : onlyOne(buttons.filter((one) => further.test(buttonWords(one))));
  for (const old of below(everything, "[data-callboard-next]")) old.removeAttribute("data-callboard-next");
  // A button that sends the form, or stores it at the portal, is not pressed to see more of the form.
  const harmless = next && usable(next) && !(next.type === "submit" && closest(next, "form")) && !/save|speicher|enregistrer|guardar|salvar/i.test(buttonWords(next));
  if (harmless) next.setAttribute("data-callboard-next", "");

  return {
    found: true,
    login: chosen.login,
    captcha,
    points: chosen.points,
    step: next ? buttonWords(next).slice(0, 100) : "",
    next: harmless ? "safe" : next ? "stores" : "",
    button: Boolean(ending),
    applyUrl: "",
    title: clean(document.title).slice(0, 300),
    refused: chosen.form && !form.noValidate ? controlsOf(form).filter((one) => one.willValidate && !one.checkValidity() && hiddenBy(one) !== "gone").map((one) => bare(labelOf(one).text)).slice(0, 50) : [],
    fields: chosen.groups.slice(0, 300).map((group) => describe(group, refOf)),
  };
})()`;
