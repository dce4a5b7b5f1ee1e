/** What the server says of a class that plays together: the `class` and `debrief` messages. */

export interface Stand {
  turn: number; // the half year that is decided about, from 0
  turns: number;
  month: number;
  months: number;
  half_year: number;
  over: boolean;
}

export interface RoleView {
  plays: string | null; // null: somebody else plays every part
  role?: "gp" | "officer";
  low?: number; // of what may be decided
  high?: number;
  view: { name: string; label: string; meaning: string; values: number[] }[]; // by half year, the last is now; what is decided stands first
  decided: number | null;
}

export interface StudentPoll {
  scene: string;
  options: string[];
  bet: string | null;
  outcome: string | null;
  says: string[];
}

export interface StudentState {
  name: string;
  board: (Stand & RoleView) | null;
  poll: StudentPoll | null;
}

export interface ClassPoll {
  scene: string;
  counts: Record<string, number>;
  outcome: string | null;
  says: string[];
  right: string[];
  wrong: string[];
}

export interface LecturerState {
  address: string; // "" where no other device can join
  code: string;
  qr: string;
  most: number;
  students: { name: string; here: boolean; plays: string | null; decided: boolean }[];
  board: (Stand & { seed: number; dialogue: boolean; officer: boolean; decided: number }) | null;
  poll: ClassPoll | null;
}

export interface ClassState {
  steers: boolean;
  seat: string;
  student?: StudentState;
  lecturer?: LecturerState;
}

type Band = { low: number[]; middle: number[]; high: number[] };

export interface Debriefed {
  dialogue: boolean;
  played: number;
  of_gps: number;
  given: number[];
  control: number[];
  first: number[]; // the round before in the same district, [] where there was none
  bands: { given: Band; control: Band };
  terms: { name: string; value: number; low: number; high: number }[];
  again: { shut?: number[]; open?: number[] };
  says: string[];
  seeds: number;
  of: number;
  file: string;
  done: boolean;
}
