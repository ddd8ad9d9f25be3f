/** WebSocket frames as a client writes and reads them (RFC 6455, 5.2): whole ones only, masked on the way out. */
import { randomBytes } from "node:crypto";

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export function frameOf(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const head = [Buffer.from([0x80 | opcode]), lengthOf(payload.length), mask];
  return Buffer.concat([...head, payload.map((byte, i) => byte ^ (mask[i & 3] ?? 0))]);
}

/** With the bit that says that a mask follows. */
function lengthOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length]);
  const short = length < 65_536;
  const bytes = Buffer.alloc(short ? 3 : 9);
  bytes[0] = 0x80 | (short ? 126 : 127);
  if (short) bytes.writeUInt16BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** The first frame of what was heard, and what comes behind it; null as long as it is not all there. */
export function firstFrame(
  heard: Buffer,
): { readonly opcode: number; readonly payload: Buffer; readonly rest: Buffer } | null {
  if (heard.length < 2) return null;
  const short = (heard[1] ?? 0) & 127;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (heard.length < at) return null;
  const length =
    short === 126 ? heard.readUInt16BE(2) : short === 127 ? Number(heard.readBigUInt64BE(2)) : short;
  if (heard.length < at + length) return null;
  const payload = heard.subarray(at, at + length);
  return { opcode: (heard[0] ?? 0) & 15, payload, rest: heard.subarray(at + length) };
}
