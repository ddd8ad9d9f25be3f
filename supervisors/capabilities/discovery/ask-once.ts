/** One page of a board, asked as a node asks: of whatever address of it somebody has. */
import type { PortalKind } from "../../../protocols/portal-kind.ts";
import { createFetcher } from "../portal-http/fetcher.ts";
import { adapters } from "./adapters/all-adapters.ts";
import type { SavedAnswer } from "./reading/read-answer.ts";
import { recognise } from "./recognise.ts";

/** @throws Unreachable */
export async function askOnce(address: string, kind?: PortalKind): Promise<SavedAnswer> {
  const place = recognise(address);
  const adapter = adapters.find((one) => one.kind === (kind ?? place?.adapter));
  const url = kind === undefined || place?.adapter === kind ? (place?.url ?? address) : address;
  const { url: asked, question } = adapter?.ask({ url }, { offset: 0, cursor: null }) ?? { url: address };
  const answer = await createFetcher().get(asked, {
    signal: AbortSignal.timeout(60_000),
    ...(question === undefined ? {} : { question }),
  });
  return {
    body: answer.body,
    status: answer.status,
    url: answer.url,
    ...(adapter === undefined ? {} : { kind: adapter.kind }),
  };
}
