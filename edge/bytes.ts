/** The answer of a route that is a file instead of JSON. */
export class Bytes {
  readonly body: Uint8Array;
  readonly type: string;
  constructor(body: Uint8Array, type: string) {
    this.body = body;
    this.type = type;
  }
}
