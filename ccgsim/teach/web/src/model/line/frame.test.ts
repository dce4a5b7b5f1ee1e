import { expect, test } from "vitest";
import { BadFrame, decodeFrame, share } from "./frame";

/** A frame of 2 people, 1 tie, 2 measures and 12 numbers of the loop, written as the protocol says. */
function written(): ArrayBuffer {
  const [n, t, m, k] = [2, 1, 2, 12];
  const buffer = new ArrayBuffer(32 + 4 * (m + k) + n * 20 + t * 6);
  const view = new DataView(buffer);
  view.setUint16(0, 0x4343, true);
  view.setUint8(2, 1);
  view.setUint8(3, 1);
  view.setUint32(4, 7, true);
  view.setUint16(8, 35, true);
  view.setUint16(10, n, true);
  view.setUint32(12, t, true);
  view.setUint16(16, m, true);
  view.setUint16(18, k, true);
  let at = 32;
  const put = (size: number, values: number[], write: (at: number, value: number) => void) => values.forEach((v) => (write(at, v), (at += size)));
  put(4, [0.5, Number.NaN], (a, v) => view.setFloat32(a, v, true));
  put(4, Array.from({ length: k }, (_, i) => i / 8), (a, v) => view.setFloat32(a, v, true));
  put(4, [17, 4_000_000_000], (a, v) => view.setUint32(a, v, true));
  put(4, [0.25, 0], (a, v) => view.setFloat32(a, v, true));
  put(2, [-10_000, 5_000], (a, v) => view.setInt16(a, v, true));
  put(2, [0, 27_500], (a, v) => view.setInt16(a, v, true));
  put(2, [1], (a, v) => view.setUint16(a, v, true));
  put(2, [0], (a, v) => view.setUint16(a, v, true));
  for (const pair of [[0, 1], [2, 0], [0, 255], [250, 100], [125, 255], [200, 255], [75, 10], [5, 0]]) put(1, pair, (a, v) => view.setUint8(a, v));
  put(1, [250], (a, v) => view.setUint8(a, v));
  put(1, [1], (a, v) => view.setUint8(a, v));
  expect(at).toBe(buffer.byteLength);
  return buffer;
}

test("every column of a frame is read from its place", () => {
  const frame = decodeFrame(written());
  expect([frame.world, frame.run, frame.month]).toEqual([1, 7, 35]);
  expect([...frame.measures]).toEqual([0.5, Number.NaN]);
  expect(frame.loop[11]).toBe(11 / 8);
  expect([...frame.key]).toEqual([17, 4_000_000_000]);
  expect([...frame.x, ...frame.y]).toEqual([-10_000, 5_000, 0, 27_500]);
  expect([frame.seeker[0], frame.adviser[0]]).toEqual([1, 0]);
  expect([...frame.kind, ...frame.role, ...frame.locality]).toEqual([0, 1, 2, 0, 0, 255]);
  expect([...frame.participation, ...frame.flags]).toEqual([250, 100, 5, 0]);
  expect([frame.strength[0], frame.tieFlags[0]]).toEqual([250, 1]);
});

test("a frame that was cut short or is none is refused", () => {
  expect(() => decodeFrame(written().slice(0, -1))).toThrow(BadFrame);
  expect(() => decodeFrame(new ArrayBuffer(8))).toThrow(BadFrame);
  const other = written();
  new DataView(other).setUint16(0, 1, true);
  expect(() => decodeFrame(other)).toThrow(BadFrame);
});

test("a byte of 255 is no share", () => {
  expect([share(0), share(125), share(250), share(255)]).toEqual([0, 0.5, 1, null]);
});
