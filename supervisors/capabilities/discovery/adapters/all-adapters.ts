/** All adapters. Of an answer of unknown origin the first that knows it reads it, so feeds of one portal stand before any feed. */
import type { PortalAdapter } from "../adapter.ts";
import { ashby } from "./ashby.ts";
import { bamboohr } from "./bamboohr.ts";
import { eightfold } from "./eightfold.ts";
import { glassdoor } from "./glassdoor.ts";
import { greenhouse } from "./greenhouse.ts";
import { hrmdirect } from "./hrmdirect.ts";
import { indeed } from "./indeed.ts";
import { jobvite } from "./jobvite.ts";
import { lever } from "./lever.ts";
import { linkedin } from "./linkedin.ts";
import { neogov } from "./neogov.ts";
import { oracle } from "./oracle.ts";
import { paylocity } from "./paylocity.ts";
import { personio } from "./personio.ts";
import { pinpoint } from "./pinpoint.ts";
import { recruitee } from "./recruitee.ts";
import { remoteok } from "./remoteok.ts";
import { rippling } from "./rippling.ts";
import { rss } from "./rss.ts";
import { smartrecruiters } from "./smartrecruiters.ts";
import { teamtailor } from "./teamtailor.ts";
import { weworkremotely } from "./weworkremotely.ts";
import { workable } from "./workable.ts";
import { workday } from "./workday.ts";

export const adapters: readonly PortalAdapter[] = [
  ...[workable, ashby, greenhouse, remoteok, rippling, lever, smartrecruiters, workday, recruitee],
  ...[personio, neogov, weworkremotely, teamtailor, rss],
  ...[bamboohr, eightfold, oracle, pinpoint, paylocity],
  ...[linkedin, indeed, glassdoor, hrmdirect, jobvite],
];
