import type { Frame } from "../types";

export const FRAME_MAGIC = 0x4343;
export const FRAME_VERSION = 1;
export const FRAME_HEADER = 32;

export const ON_BOARD = 1;
export const TOP_BROKER = 2;
export const FULL = 250; // a share of 1 in a byte
export const NONE = 255;

export class BadFrame extends Error {}

/** Reads a frame as the protocol lays it out; the columns look straight into the buffer. */
export function decodeFrame(buffer: ArrayBuffer): Frame {
  if (buffer.byteLength < FRAME_HEADER) throw new BadFrame("shorter than its header");
  const head = new DataView(buffer, 0, FRAME_HEADER);
  if (head.getUint16(0, true) !== FRAME_MAGIC || head.getUint8(2) !== FRAME_VERSION) throw new BadFrame("not a frame of layout 1");
  const people = head.getUint16(10, true);
  const ties = head.getUint32(12, true);
  const measures = head.getUint16(16, true);
  const loop = head.getUint16(18, true);
  let at = FRAME_HEADER;
  const floats = (n: number) => new Float32Array(buffer, (at += 4 * n) - 4 * n, n);
  const wholes = (n: number) => new Uint32Array(buffer, (at += 4 * n) - 4 * n, n);
  const places = (n: number) => new Int16Array(buffer, (at += 2 * n) - 2 * n, n);
  const rows = (n: number) => new Uint16Array(buffer, (at += 2 * n) - 2 * n, n);
  const bytes = (n: number) => new Uint8Array(buffer, (at += n) - n, n);
  const length = FRAME_HEADER + 4 * (measures + loop) + people * (4 + 4 + 2 + 2 + 8) + ties * (2 + 2 + 2);
  if (buffer.byteLength < length) throw new BadFrame("shorter than its columns");
  return {
    world: head.getUint8(3),
    run: head.getUint32(4, true),
    month: head.getUint16(8, true),
    measures: floats(measures),
    loop: floats(loop),
    key: wholes(people),
    size: floats(people),
    x: places(people),
    y: places(people),
    seeker: rows(ties),
    adviser: rows(ties),
    kind: bytes(people),
    role: bytes(people),
    locality: bytes(people),
    participation: bytes(people),
    efficacy: bytes(people),
    heard: bytes(people),
    capability: bytes(people),
    flags: bytes(people),
    strength: bytes(ties),
    tieFlags: bytes(ties),
  };
}

/** A share from its byte; null where there is none. */
export const share = (byte: number): number | null => (byte === NONE ? null : byte / FULL);
