import { NONE } from "../model/line/frame";
import { columnOf, opened, type Column, type Packed } from "../model/line/packed";
import type { ArrowInfo, Config, Frame } from "../model/types";

/** A run packed into a page: see the protocol, "Replay file". */

export interface ReplayWorld {
  title: string;
  marks: { month: number; text: string }[];
  people: { key: number; name: string; kind: number; locality: number | null }[];
  arrays: Record<string, Packed>;
}

export interface ReplayHeader {
  schema: number;
  title: string;
  config: Config;
  months: number;
  measures: string[];
  kinds: string[];
  roles: string[];
  loop: ArrowInfo[];
  captions: { month: number; text: string }[];
  link: string;
  cite: string;
  worlds: ReplayWorld[];
}

const BOARD = 128;

export class Replay {
  readonly header: ReplayHeader;
  private readonly columns: Record<string, Column>[];

  constructor(bytes: Uint8Array) {
    const { header, body } = opened<ReplayHeader>(bytes);
    this.header = header;
    this.columns = this.header.worlds.map((world) =>
      Object.fromEntries(Object.entries(world.arrays).map(([name, packed]) => [name, unpack(name, packed, body)])),
    );
  }

  /** A measure of a world by month. */
  series(world: number, name: string): (number | null)[] {
    const n = this.header.measures.indexOf(name);
    const width = this.header.measures.length;
    return Array.from({ length: this.header.months + 1 }, (_, month) => {
      const value = this.columns[world].series[month * width + n];
      return Number.isFinite(value) ? value : null;
    });
  }

  /** One month of a world, as a frame that the drawings of the lesson take. */
  frame(world: number, month: number): Frame {
    const c = this.columns[world];
    const { people } = this.header.worlds[world];
    const wide = this.header.worlds[world].arrays.loop.shape[1];
    const at = (name: string, person: number) => c[name][month * people.length + person];
    const here = people.map((_, n) => n).filter((n) => at("participation", n) !== NONE);
    const row = new Map(here.map((person, n) => [person, n]));
    const spells = Array.from(c.first, (_, n) => n).filter((n) => c.first[n] <= month && month <= c.last[n]);
    const bytes = (value: (person: number) => number) => Uint8Array.from(here, value);
    return {
      run: 0, world, month,
      measures: new Float32Array(0),
      loop: (c.loop as Float32Array).subarray(month * wide, month * wide + wide),
      key: Uint32Array.from(here, (n) => people[n].key),
      size: Float32Array.from(here, (n) => at("size", n) / 250),
      x: Int16Array.from(here, (n) => c.x[at("place", n)]),
      y: Int16Array.from(here, (n) => c.y[at("place", n)]),
      seeker: Uint16Array.from(spells, (n) => row.get(c.seeker[n])!),
      adviser: Uint16Array.from(spells, (n) => row.get(c.adviser[n])!),
      kind: bytes((n) => people[n].kind),
      role: bytes((n) => at("role", n) & (BOARD - 1)),
      locality: bytes((n) => people[n].locality ?? NONE),
      participation: bytes((n) => at("participation", n)),
      efficacy: bytes((n) => at("efficacy", n)),
      heard: bytes(() => NONE),
      capability: bytes(() => NONE),
      flags: bytes((n) => (at("role", n) & BOARD ? 1 : 0)),
      strength: Uint8Array.from(spells, (n) => c.strength[n]),
      tieFlags: new Uint8Array(spells.length),
    };
  }
}

const DIFFERENCES = new Set(["participation", "efficacy", "role", "size", "place"]);

/** An array of the file; where rows hold differences from the row before, the values themselves. */
function unpack(name: string, packed: Packed, body: ArrayBuffer): Column {
  const column = columnOf(packed, body);
  if (!DIFFERENCES.has(name)) return column;
  const width = packed.shape[1];
  for (let n = width; n < column.length; n++) column[n] += column[n - width]; // wraps as the type does
  return column;
}
