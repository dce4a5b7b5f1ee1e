import { expect, test } from "vitest";
import { inflate } from "../model/line/packed";
import { Replay } from "./decode";

/** A replay of one world, three people and two months, packed as the protocol says. */
async function packed(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const put = (type: "u8" | "u16" | "i16" | "f32", shape: number[], values: number[]) => {
    const array = { u8: Uint8Array, u16: Uint16Array, i16: Int16Array, f32: Float32Array }[type].from(values);
    const bytes = new Uint8Array(Math.ceil(array.byteLength / 4) * 4);
    bytes.set(new Uint8Array(array.buffer));
    chunks.push(bytes);
    const place = at;
    at += bytes.length;
    return { type, shape, at: place };
  };
  const arrays = {
    participation: put("u8", [2, 3], [250, 100, 255, 246, 0, 51]), // differences: 240, 100, then 50 for the newcomer
    efficacy: put("u8", [2, 3], [200, 200, 255, 0, 0, 0]),
    role: put("u8", [2, 3], [129, 0, 0, 0, 0, 0]),
    size: put("u8", [2, 3], [250, 0, 0, 0, 0, 0]),
    place: put("u8", [2, 3], [0, 1, 1, 0, 0, 255]),
    x: put("i16", [2], [-10_000, 20_000]),
    y: put("i16", [2], [0, 5_000]),
    series: put("f32", [2, 1], [0.7, Number.NaN]),
    loop: put("f32", [2, 12], Array.from({ length: 24 }, (_, n) => n)),
    seeker: put("u16", [2], [0, 2]),
    adviser: put("u16", [2], [1, 0]),
    first: put("u16", [2], [0, 1]),
    last: put("u16", [2], [0, 1]),
    strength: put("u8", [2], [125, 250]),
  };
  const people = [[7, "GP 8"], [9, "GP 10"], [12, "GP 13"]].map(([key, name]) => ({ key, name, kind: 0, locality: null }));
  const header = new TextEncoder().encode(JSON.stringify({ schema: 1, months: 1, measures: ["participation"], worlds: [{ title: "A", marks: [], people, arrays }] }));
  const padded = new Uint8Array(Math.ceil(header.length / 4) * 4).fill(32);
  padded.set(header);
  const length = new Uint8Array(new Uint32Array([padded.length]).buffer);
  const stream = new Blob([length, padded, ...chunks] as BlobPart[]).stream().pipeThrough(new CompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

test("months are made again from differences, and the absent are left out", async () => {
  const replay = new Replay(await inflate(await packed()));
  const [first, second] = [replay.frame(0, 0), replay.frame(0, 1)];
  expect([...first.key]).toEqual([7, 9]);
  expect([...first.participation]).toEqual([250, 100]);
  expect([...second.key]).toEqual([7, 9, 12]);
  expect([...second.participation]).toEqual([240, 100, 50]);
  expect([...second.x]).toEqual([-10_000, 20_000, -10_000]);
  expect([first.role[0], first.flags[0], first.flags[1]]).toEqual([1, 1, 0]);
  expect(second.loop[0]).toBe(12);
});

test("ties stand from their first month to their last, between rows of the month", async () => {
  const replay = new Replay(await inflate(await packed()));
  expect([...replay.frame(0, 0).seeker, ...replay.frame(0, 0).adviser]).toEqual([0, 1]);
  expect([...replay.frame(0, 1).seeker, ...replay.frame(0, 1).adviser]).toEqual([2, 0]);
  expect(replay.series(0, "participation")[0]).toBeCloseTo(0.7);
  expect(replay.series(0, "participation")[1]).toBeNull();
});
