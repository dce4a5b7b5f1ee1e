/** What the page and its server say to each other: see ../../../README.md, the protocol. */

export type KindName = "GP" | "PCTStaff" | "Provider" | "PatientGroup" | "PolicyBody" | "Nurse";

export interface Action {
  month: number;
  action: string;
  value?: number | null;
}

export interface WorldConfig {
  scenario: string;
  settings: Record<string, number | string>;
  actions: Action[];
}

export interface Config {
  schema: 1;
  scene: string;
  seed: number;
  months: number;
  worlds: WorldConfig[];
}

export interface MeasureInfo {
  name: string;
  label: string;
  unit: string;
  meaning: string;
}

export interface ParameterInfo {
  name: string;
  label: string;
  low: number;
  high: number;
  step: number;
  default: number;
  unit: string;
  meaning: string;
  source: string;
  group: string;
}

export interface ScenarioInfo {
  name: string;
  title: string;
  question: string;
  months: number;
  values: Record<string, number>;
}

export interface Preset {
  name: string;
  label: string;
  meaning: string;
  config: Config;
}

export interface ActionInfo {
  name: string;
  label: string;
  meaning: string;
  value: null | { low: number; high: number; default: number; step: number; unit: string };
}

/** A puzzle: a measure above a line at a month, with so many of the actions offered. Its line follows the district. */
export interface Goal {
  measure: string;
  month: number;
  at: number; // the month in which the tries behind the line act
  actions: number;
  offered: string[];
}

/** What the scene says of the run: before it is played, at its end, and which option of the bet came true. */
export interface Told {
  run: number;
  month: number;
  before: string[];
  after: string[];
  outcome: string | null;
}

/** How many districts ended in each way so far. */
export interface Often {
  counts: Record<string, number>;
  seeds: number;
  of: number;
  done: boolean;
}

/** What GPs give in the last month, by the month in which help begins. */
export interface When extends Often {
  action: string;
  month: number;
  never: number;
  months: number[];
  given: number[];
  half: number | null; // above it half of what help can save is saved; null where nothing was lost
  outcome: string;
  says: string[];
  low: (number | null)[];
  middle: (number | null)[];
  high: (number | null)[];
}

export interface Solved {
  run: number;
  line: number;
  winners: string[][];
  says: string[];
}

/** What a GP gave and got so far. */
export interface Lived {
  hours: number;
  followed: number; // hours for what was followed
  heard: number;
  peers: number;
}

export interface ChosenAnswer {
  run: number;
  month: number;
  you: Lived;
  she: Lived;
}

export interface SceneInfo {
  id: string;
  config: Config;
  goal: Goal | null;
  bet: string[] | null; // its options
}

export interface ArrowInfo {
  id: string;
  from: string;
  to: string;
  level: string;
  pull: string;
  unit: string;
  full: number; // the level that is drawn as fully lit
  quiet: number; // levels no further from 0 are not at work
}

export interface NamedMeaning {
  name: string;
  label?: string;
  meaning: string;
}

export interface Welcome {
  type: "welcome";
  protocol: number;
  token: string;
  resumed: boolean;
  version: string;
  seed: number; // where nothing else is said
  limits: Record<string, number>;
  kinds: string[];
  roles: string[];
  measures: MeasureInfo[];
  parameters: ParameterInfo[];
  scenarios: ScenarioInfo[];
  presets: Preset[];
  actions: ActionInfo[];
  scenes: SceneInfo[];
  loop: ArrowInfo[];
  parts: NamedMeaning[];
  moves: NamedMeaning[];
  recorded?: Config[]; // the runs there are, where nothing is computed
}

export interface Started {
  run: number;
  month: number;
  config: Config;
  notes?: string[];
  marks?: [number, string][][];
  titles?: string[];
  focus?: number | null;
}

export type Contact = [key: number, name: string, strength: number];

export interface AgentAnswer {
  type: "agent";
  run: number;
  world: number;
  month: number;
  key: number;
  name: string;
  kind: number; // codes of `kinds` and `roles`
  role: number;
  locality: number | null;
  here: boolean;
  capability: number | null;
  history: {
    month: number[];
    participation: (number | null)[];
    efficacy: (number | null)[];
    heard: (number | null)[];
    hours: (number | null)[];
    role: [number, number][];
  };
  advisers: Contact[];
  seekers: Contact[];
  why: null | {
    months: number[];
    parts: Record<string, number[]>;
    worth: number[];
    fell: null | { from: number; to: number; participation: [number, number]; parts: [string, number][] };
  };
}

export interface Problem {
  file?: string | null;
  key?: string | null;
  value?: unknown;
  rule?: string;
  suggestion?: string | null;
}

export interface Cuts {
  world: number;
  run: number;
  from: number;
  to: number;
  fall: number;
  cuts: { arrow: string; label: string; fall: number; share: number }[];
}

export interface Band {
  type: "band";
  job: string;
  measure: string;
  seeds: number;
  of: number;
  done: boolean;
  cancelled: boolean;
  worlds: { month: number[]; low: (number | null)[]; middle: (number | null)[]; high: (number | null)[] }[];
}

export interface FileAnswer {
  type: "file";
  what: string;
  name: string;
  mime: string;
  data: string;
}

/** One world in one month, as columns over the people and ties there are. */
export interface Frame {
  run: number;
  world: number;
  month: number;
  measures: Float32Array;
  loop: Float32Array;
  key: Uint32Array;
  size: Float32Array;
  x: Int16Array;
  y: Int16Array;
  seeker: Uint16Array;
  adviser: Uint16Array;
  kind: Uint8Array;
  role: Uint8Array;
  locality: Uint8Array; // 255 none
  participation: Uint8Array; // x 250
  efficacy: Uint8Array; // x 250, 255 none
  heard: Uint8Array; // x 250, 255 none
  capability: Uint8Array;
  flags: Uint8Array; // 1 on the board, 2 top broker, 4 leads a practice
  strength: Uint8Array; // x 250
  tieFlags: Uint8Array;
}
