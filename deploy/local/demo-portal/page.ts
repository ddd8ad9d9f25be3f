/** The frame of every HTML page and the escaping that keeps what people typed from becoming markup. */
import type { Company } from "./data/companies.ts";

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** As Greenhouse escapes its `content`: with named entities. */
export const escapeEntities = (html: string): string =>
  html.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const style = `
:root{--ink:#1d2733;--soft:#5b6875;--line:#d9dfe6;--brand:#1f5f8b;--bad:#b3261e}
*{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:#f5f7f9}
header{background:#fff;border-bottom:1px solid var(--line)}header div,main,footer{max-width:46rem;margin:auto;padding:1rem 1.25rem}
header a{color:inherit;text-decoration:none;font-weight:700;font-size:1.15rem}
main{background:#fff;border:1px solid var(--line);border-radius:.75rem;margin:1.5rem auto;padding:1.5rem 2rem 2rem}
h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 .6rem}h2{font-size:1.2rem;margin-top:1.8rem}a{color:var(--brand)}
.meta{color:var(--soft)}.jobs{list-style:none;padding:0}.jobs li{padding:.7rem 0;border-bottom:1px solid var(--line)}
.button,button{display:inline-block;background:var(--brand);color:#fff;border:0;border-radius:.5rem;padding:.7rem 1.4rem;font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.field{margin:1.1rem 0;border:0;padding:0}.field>label,legend{display:block;font-weight:600;margin-bottom:.3rem;padding:0}
.field input:not([type=radio]):not([type=checkbox]),select,textarea{width:100%;padding:.55rem .7rem;border:1px solid #8a97a5;border-radius:.4rem;font:inherit;background:#fff}
textarea{min-height:7rem}.field>.choice{display:block;font-weight:400;margin:.2rem 0}.asterisk,.error{color:var(--bad)}.error{margin:.3rem 0 0;font-size:.92rem}
.help{color:var(--soft);font-size:.92rem;margin:.2rem 0}[aria-invalid=true]{border-color:var(--bad)!important}
.alert{border:1px solid var(--bad);background:#fdf1f0;border-radius:.5rem;padding:.6rem 1rem}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
.reference{font-size:1.5rem;font-weight:700;letter-spacing:.03em}footer{color:var(--soft);font-size:.9rem;text-align:center}`;

/** A whole page. `title` and `company` are escaped here, `head` and `body` are markup already. */
export const page = (company: Company, title: string, body: string, head = ""): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} | ${escapeHtml(company.name)}</title>
${head}<style>${style}</style></head>
<body><header><div><a href="/careers/${company.token}">${escapeHtml(company.name)}</a></div></header>
<main>
${body}
</main>
<footer>${escapeHtml(company.legalName)} · an invented company of the Callboard demo</footer></body></html>
`;
