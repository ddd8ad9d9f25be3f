/** What portals do to their forms, done to a fixture's HTML: each breaks one thing, the way it has been seen to break. */

/** The part of the page that holds the fields; the embedded board is text inside an attribute. */
const beforeEnd = (html: string, part: string): string => {
  const ends = [
    /<button type="submit"|<input type="submit"|<button type="button" id="go"|<button (?:id="btn-submit"|type="button" class="submit-button")|<button data-automation-id="pageFooterBackButton"/,
  ];
  const at = html.search(ends[0] as RegExp);
  if (at < 0) throw new Error("The fixture has no button to put something before.");
  const quoted = /srcdoc='/.test(html.slice(0, at)) ? part.replace(/'/g, "&#39;") : part;
  return html.slice(0, at) + quoted + html.slice(at);
};

export const mutations = {
  "a trap is added": (html: string) =>
    beforeEnd(
      html,
      `<div style="position:absolute;left:-9999px"><label for="trap-1">Company website</label><input id="trap-1" name="trap_website" tabindex="-1" autocomplete="off"></div>`,
    ),
  "an unknown question is added and must be answered": (html: string) =>
    beforeEnd(
      html,
      `<div class="extra"><label for="extra-1">Which of our products would you remove, and why? *</label><textarea id="extra-1" name="extra_question" required></textarea></div>`,
    ),
  "a captcha is inserted": (html: string) =>
    beforeEnd(html, `<div class="g-recaptcha" data-sitekey="none" style="width:300px;height:70px"></div>`),
  "the button is gone": (html: string) =>
    html.replace(
      /<button type="submit">[^<]*<\/button>|<input type="submit"[^>]*>|<button (?:id="btn-submit"|type="button" class="submit-button")[^>]*>[^<]*<\/button>|<button data-automation-id="pageFooterNextButton">[^<]*<\/button>/,
      "",
    ),
  "the e-mail field is renamed": (html: string) =>
    html.replace(
      /name="(?:job_application\[email\]|candidate\[email\]|_systemfield_email|email)"/,
      'name="q_81f3"',
    ),
  "the e-mail field has lost its label": (html: string) =>
    html.replace(
      /<label for="(?:[\w-]*e?mail[\w-]*|e|b)">.*?<\/label>|<label class="_heading _required_1" for="_systemfield_email">.*?<\/label>|<div class="application-label">Email.*?<\/div>/,
      "",
    ),
} as const;
