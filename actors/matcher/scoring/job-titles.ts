/** How close two job titles are: same trade, neighbouring trade, or another one; and how senior a title is. */
import { overlap, plain, ramp, stemsOf } from "./words.ts";

/** Trades by field: a title belongs to the first trade whose words it contains. Written by us; extend by a line. */
const TRADES: readonly { trade: string; field: string; words: RegExp }[] = [
  trade(
    "engineering manager",
    "software",
    /engineering manager|head of engineering|vp engineering|cto\b|development manager/,
  ),
  trade(
    "machine learning engineer",
    "data",
    /machine learning|\bml\b|\bai\b|deep learning|\bnlp\b|computer vision|mlops/,
  ),
  trade(
    "data engineer",
    "data",
    /data engineer|etl|analytics engineer|data platform|data warehouse|big data/,
  ),
  trade("data scientist", "data", /data scien|statistician|quantitative/),
  trade(
    "data analyst",
    "data",
    /data analy|product analyst|bi analyst|business intelligence|insights? analyst|reporting analyst|analytics/,
  ),
  trade("mobile developer", "software", /\bios\b|android|mobile/),
  trade(
    "frontend engineer",
    "software",
    /front[ -]?end|\bui engineer|react|angular|web developer|javascript/,
  ),
  trade(
    "platform engineer",
    "software",
    /devops|site reliability|\bsre\b|platform|infrastructure|cloud engineer|systems? (engineer|administrator)|network engineer/,
  ),
  trade("security engineer", "software", /security|penetration/),
  trade(
    "quality engineer",
    "software",
    /\bqa\b|quality assurance|test (engineer|automation)|\bsdet\b|tester/,
  ),
  trade("embedded engineer", "software", /embedded|firmware|robotics/),
  trade("full-stack engineer", "software", /full[ -]?stack/),
  trade(
    "backend engineer",
    "software",
    /back[ -]?end|\bapi\b|java\b|python|golang|node|\.net|php|ruby|server/,
  ),
  trade("software engineer", "software", /software|developer|programmer|web engineer/),
  trade("product manager", "product", /product (manager|owner|lead)|head of product/),
  trade("product designer", "design", /design|\bux\b|user experience/),
  trade("nurse", "healthcare", /nurse|nursing|\brn\b|midwi/),
  trade(
    "clinical researcher",
    "healthcare",
    /clinical (research|trial|data|study)|pharmacovigilance|regulatory affairs/,
  ),
  trade("physiotherapist", "healthcare", /physio|physical therap|occupational therap|rehabilitation/),
  trade("physician", "healthcare", /physician|doctor|surgeon|medical director/),
  trade(
    "health services",
    "healthcare",
    /health|medical|care (manager|coordinator|assistant)|patient|caregiver|hospital|pharmac|radiograph|laborator/,
  ),
  trade("controller", "finance", /controller|controlling|fp&a|financial planning/),
  trade("accountant", "finance", /account(ant|ing|s payable|s receivable)|bookkeep|payroll|ledger|tax|audit/),
  trade(
    "financial analyst",
    "finance",
    /financial analyst|finance analyst|investment|equity|risk|treasury|credit|portfolio|finance business partner|financial/,
  ),
  trade("finance manager", "finance", /finance|cfo/),
  trade("product marketer", "marketing", /product market/),
  trade("content marketer", "marketing", /content|copywrit|editor|social media|community/),
  trade(
    "performance marketer",
    "marketing",
    /performance market|paid|ppc|\bsem\b|\bseo\b|growth|acquisition|digital market/,
  ),
  trade(
    "lifecycle marketer",
    "marketing",
    /\bcrm\b|lifecycle|e-?mail market|marketing automation|marketing operations/,
  ),
  trade("marketer", "marketing", /market|brand|campaign|communications|public relations|\bpr\b|demand/),
  trade("sales", "sales", /sales|account (manager|executive)|business development|customer success/),
  trade("recruiter", "people", /recruit|talent|human resources|\bhr\b|people (partner|operations)/),
  trade("project manager", "operations", /project|program|scrum|agile/),
  trade(
    "business analyst",
    "operations",
    /business analyst|process|operations|logistic|supply|procure|warehouse/,
  ),
];

function trade(name: string, field: string, words: RegExp) {
  return { trade: name, field, words };
}

/** Trades between which people move without anyone wondering. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ["backend engineer", "software engineer"],
  ["frontend engineer", "software engineer"],
  ["full-stack engineer", "software engineer"],
  ["full-stack engineer", "backend engineer"],
  ["full-stack engineer", "frontend engineer"],
  ["platform engineer", "software engineer"],
  ["mobile developer", "software engineer"],
  ["data analyst", "data scientist"],
  ["data scientist", "machine learning engineer"],
  ["performance marketer", "marketer"],
  ["content marketer", "marketer"],
  ["lifecycle marketer", "marketer"],
  ["product marketer", "marketer"],
  ["content marketer", "performance marketer"],
  ["lifecycle marketer", "performance marketer"],
  ["controller", "financial analyst"],
  ["controller", "finance manager"],
  ["accountant", "finance manager"],
  ["financial analyst", "finance manager"],
  ["nurse", "health services"],
];

const SENIORITY: readonly { years: number; words: RegExp }[] = [
  {
    years: 0,
    words: /\b(intern|internship|trainee|working student|apprentice|graduate|entry[- ]level|assistant)\b/i,
  },
  { years: 0, words: /\b(junior|jr\.?|associate)\b/i },
  { years: 8, words: /\b(principal|director|head of|vp|chief)\b/i },
  { years: 6, words: /\b(staff|lead|team lead)\b/i },
  { years: 5, words: /\b(senior|sr\.?)\b/i },
];
const RANKS =
  /\b(senior|sr|junior|jr|lead|principal|staff|head|intern|internship|trainee|graduate|associate|mid|entry|level|i{1,3}|iv|[1-5]|full-time|part-time|remote|hybrid|all genders?)\b\.?/gi;

/** A title without rank, gender marks, place and employment type. */
function core(title: string): string {
  return plain(title)
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/\s[-–|@]\s.*$/, "")
    .replace(RANKS, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const tradeIn = (text: string) => TRADES.find(({ words }) => words.test(text));

/** What stands after a comma refines the trade (Software Engineer, Backend) or names a team (Finance Partner, Hospitals). */
function tradeOf(title: string) {
  const whole = tradeIn(core(title));
  const first = tradeIn(core(title).split(",")[0] ?? "");
  return first && first.field !== whole?.field ? first : whole;
}

/**
 * 0 to 1. Same words or same trade 1, neighbours 0.8, same field 0.5; titles that no trade knows by their words and
 * meaning, at most 0.75. `similarity` is the encoder's cosine of the two titles.
 */
export function titleLikeness(wanted: string, had: string, similarity: number): number {
  if (!core(wanted) || !core(had)) return 0;
  if (core(wanted) === core(had)) return 1;
  const [a, b] = [tradeOf(wanted), tradeOf(had)];
  if (a && b) {
    if (a.trade === b.trade) return 1;
    const near = NEIGHBOURS.some((pair) => pair.includes(a.trade) && pair.includes(b.trade));
    if (near) return 0.8;
    return a.field === b.field ? 0.5 : 0;
  }
  const words = overlap(stemsOf(core(wanted)), stemsOf(core(had)));
  return Math.min(0.75, 0.6 * words + 0.3 * ramp(similarity, 0.4, 0.8));
}

/** Years that a title's rank stands for, if it names one. */
export function yearsOfRank(title: string): number | undefined {
  return SENIORITY.find(({ words }) => words.test(title))?.years;
}
