/** Reads a request's body within bounds. What is too large, too slow or not what it says it is answers 4xx. */
import type { IncomingMessage } from "node:http";

/** A request that gets a plain answer with this status instead of a page. */
export class BadRequest extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body; 413 if it is longer than `limit` bytes (the rest is read and dropped, so that the answer arrives). */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > limit * 4) request.destroy();
    });
    request.on("end", () =>
      size > limit
        ? reject(new BadRequest(413, `The request is larger than ${limit} bytes.`))
        : resolve(Buffer.concat(chunks)),
    );
    request.on("error", () => reject(new BadRequest(400, "The request broke off.")));
    request.on("aborted", () => reject(new BadRequest(400, "The request broke off.")));
  });

/** A form sent by a browser, as multipart or urlencoded; 415 or 400 if it is neither. */
export const readForm = async (request: IncomingMessage, limit: number): Promise<FormData> => {
  const type = request.headers["content-type"] ?? "";
  const body = await readBody(request, limit);
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type))
    throw new BadRequest(415, "An application is sent as multipart/form-data.");
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new BadRequest(
      400,
      `The form could not be read: ${cause instanceof Error ? cause.message : "damaged"}.`,
    );
  }
};

/** A JSON body; 415 unless it says so, so that no page in a browser can send one without asking. */
export const readJson = async (request: IncomingMessage, limit = 65_536): Promise<unknown> => {
  const body = await readBody(request, limit);
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
    throw new BadRequest(415, "Send JSON with content-type application/json.");
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return value;
  } catch {
    throw new BadRequest(400, "The body is not JSON.");
  }
};
