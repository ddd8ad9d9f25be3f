/** Whether résumé and posting are of one trade, by the occupations that their titles and their texts are alike to. */
import { agreementOf, type OccupationIndex, type OccupationProfile } from "./occupations.ts";
import type { ScoredPosting } from "./posting-text.ts";
import type { ResumeDocument } from "./resume-document.ts";

/** One document's trade, told by its title or titles and by all of it. */
export interface Trade {
  readonly byTitle: OccupationProfile;
  readonly byText: OccupationProfile;
  /** Whether it has a title at all; a posting without one is taken by its text. */
  readonly titled: boolean;
  /** The occupation that its titles are most alike to. */
  readonly name: string | undefined;
}

export function tradeOfPosting({ title, description }: ScoredPosting, index: OccupationIndex): Trade {
  const byText = index.profileOf([title, description]);
  const byTitle = index.profileOf([title]);
  const titled = byTitle.size > 0;
  return {
    byText,
    byTitle: titled ? byTitle : byText,
    titled,
    name: index.nameOf(titled ? byTitle : byText),
  };
}

export function tradeOfResume({ titles, lines }: ResumeDocument, index: OccupationIndex): Trade {
  const byTitle = index.profileOf(titles);
  return {
    byText: index.profileOf(lines),
    byTitle,
    titled: byTitle.size > 0,
    name: index.nameOf(byTitle),
  };
}

export interface TradeFit {
  /** 0 to 1: what the person was called, against the posting's title and text. Keywords pasted below can't raise it. */
  readonly titles: number;
  /** 0 to 1: what the résumé tells, against the posting's title and text. */
  readonly text: number;
}

/** Title and text of the posting count alike: measured, no other share did better. */
export function tradeFit(posting: Trade, resume: Trade): TradeFit {
  const both = (profile: OccupationProfile) =>
    (agreementOf(profile, posting.byTitle) + agreementOf(profile, posting.byText)) / 2;
  return { titles: both(resume.byTitle), text: both(resume.byText) };
}
