/** Frames of recorded worlds, byte for byte as the server sends them: see ../../../../recording/lanes.py. */

import { FRAME_HEADER, FRAME_MAGIC, FRAME_VERSION } from "./frame";
import { columnOf, type Column, type Packed } from "./packed";

export interface LaneTable {
  base: number; // the lane whose first months it shares, -1 none
  shared: number;
  months: number; // of its own, after the shared ones
  arrays: Record<string, Packed>;
}

interface Tie {
  seeker: number; // keys
  adviser: number;
  strength: number;
  flags: number;
}

// Of a frame, in its order; ties stand between places and the columns of bytes.
const WORDS = ["key", "betweenness", "x", "y"];
const BYTES = ["kind", "role", "locality", "participation", "efficacy", "heard", "capability", "flags"];

export class Lanes {
  private readonly made = new Map<number, ArrayBuffer[]>();

  constructor(private readonly tables: LaneTable[], private readonly body: ArrayBuffer) {}

  /** The frames of a lane by month, without the numbers of world and run. */
  frames(place: number): ArrayBuffer[] {
    const found = this.made.get(place);
    if (found) return found;
    const table = this.tables[place];
    const before = table.base < 0 ? [] : this.frames(table.base).slice(0, table.shared);
    const all = [...before, ...monthsOf(table, this.body)];
    this.made.set(place, all);
    return all;
  }
}

/** A frame with the numbers of the world and run that it belongs to. */
export function numbered(frame: ArrayBuffer, world: number, run: number): ArrayBuffer {
  const copy = frame.slice(0);
  const view = new DataView(copy);
  view.setUint8(3, world);
  view.setUint32(4, run, true);
  return copy;
}

function monthsOf(table: LaneTable, body: ArrayBuffer): ArrayBuffer[] {
  const column = (name: string) => columnOf(table.arrays[name], body);
  const people = column("people");
  const columns = Object.fromEntries([...WORDS, ...BYTES].map((name) => [name, summed(column(name), people)]));
  const [measures, loop] = ["measures", "loop"].map((name) => ({ values: column(name), wide: table.arrays[name].shape[1] }));
  const ties = tiesOf(column, table.months);
  let at = 0;
  return Array.from(people, (n, month) => {
    const row = ({ values, wide }: { values: Column; wide: number }) => values.subarray(month * wide, (month + 1) * wide);
    const part = (name: string) => columns[name].subarray(at, at + n);
    const sorted = placed(ties[month], part("key"));
    const head = new ArrayBuffer(FRAME_HEADER);
    const view = new DataView(head);
    view.setUint16(0, FRAME_MAGIC, true);
    view.setUint8(2, FRAME_VERSION);
    view.setUint16(8, table.shared + month, true);
    view.setUint16(10, n, true);
    view.setUint32(12, sorted.length, true);
    view.setUint16(16, measures.wide, true);
    view.setUint16(18, loop.wide, true);
    const frame = joined([
      ...[new Uint8Array(head), row(measures), row(loop)],
      ...WORDS.map(part),
      ...[Uint16Array.from(sorted, (tie) => tie.seeker), Uint16Array.from(sorted, (tie) => tie.adviser)],
      ...BYTES.map(part),
      ...[Uint8Array.from(sorted, (tie) => tie.strength), Uint8Array.from(sorted, (tie) => tie.flags)],
    ]);
    at += n;
    return frame;
  });
}

/** A column whose months hold differences from the month before, where that has as many people; fractions hold none. */
function summed(column: Column, people: Column): Column {
  if (column instanceof Float32Array) return column;
  let at = 0;
  people.forEach((n: number, month: number) => {
    if (month > 0 && people[month - 1] === n) for (let row = at; row < at + n; row++) column[row] += column[row - n]; // wraps as the type does
    at += n;
  });
  return column;
}

/** The ties of each month, from spells. */
function tiesOf(column: (name: string) => Column, months: number): Tie[][] {
  const [everyone, seeker, adviser, first, length, fresh, strength] = ["everyone", "seeker", "adviser", "first", "length", "new", "strength"].map(column);
  const found: Tie[][] = Array.from({ length: months }, () => []);
  let at = 0;
  for (let spell = 0; spell < seeker.length; spell++) {
    let now = 0;
    for (let n = 0; n < length[spell]; n++) {
      now = (now + strength[at++]) & 255;
      found[first[spell] + n].push({ seeker: everyone[seeker[spell]], adviser: everyone[adviser[spell]], strength: now, flags: n === 0 ? fresh[spell] : 0 });
    }
  }
  return found;
}

/** Ties between rows of a frame, in the frame's order. */
function placed(ties: Tie[], keys: Column): Tie[] {
  const rows = new Map(Array.from(keys, (key, row) => [key, row]));
  const found = ties.map((tie) => ({ ...tie, seeker: rows.get(tie.seeker)!, adviser: rows.get(tie.adviser)! }));
  return found.sort((a, b) => a.seeker - b.seeker || a.adviser - b.adviser);
}

function joined(parts: Column[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return whole.buffer;
}
