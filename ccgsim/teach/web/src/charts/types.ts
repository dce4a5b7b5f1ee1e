export interface Line {
  label: string; // "A"
  values: (number | null)[];
  colour: string; // a custom property
  dash?: number[];
}

export interface Mark {
  month: number;
  text: string;
}

export interface Flag {
  month: number;
  value: number;
  text: string;
}

export interface Ribbon {
  low: (number | null)[];
  high: (number | null)[];
  colour: string;
  dash: number[]; // of its edges, as of the world's line
}
