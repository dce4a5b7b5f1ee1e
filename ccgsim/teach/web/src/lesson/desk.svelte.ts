import type { App } from "../model/app.svelte";
import { share } from "../model/frame";
import type { AgentAnswer, Frame } from "../model/types";

export const QUARTER = 6; // months between two choices
const STEP = 0.1;

/** Being one GP: the model's GP decides by her own lights, and the person beside her says what they would do. */
export class DeskGame {
  yours = $state<(number | null)[]>([]); // your choice by month
  answer = $state.raw<AgentAnswer | null>(null);
  private asked = "";

  constructor(private readonly app: App) {}

  begin(): void {
    this.yours = [];
    this.answer = null;
    this.asked = "";
  }

  get key(): number {
    return this.app.info?.focus?.agent ?? 0;
  }

  get row(): number {
    return this.frame?.key.indexOf(this.key) ?? -1;
  }

  get frame(): Frame | null {
    return this.app.session.frame(0);
  }

  private byte(column: "participation" | "efficacy" | "heard"): number | null {
    return this.frame && this.row >= 0 ? share(this.frame[column][this.row]) : null;
  }

  get gives(): number | null {
    return this.byte("participation");
  }

  get believes(): number | null {
    return this.byte("efficacy");
  }

  get heard(): number | null {
    return this.byte("heard");
  }

  /** What she gave in every month shown so far. */
  get hers(): (number | null)[] {
    const { session } = this.app;
    void session.drawn;
    return session.frames[0].slice(0, session.seen + 1).map((frame) => {
      const row = frame?.key.indexOf(this.key) ?? -1;
      return row < 0 ? null : share(frame.participation[row]);
    });
  }

  get yourLast(): number {
    return this.yours.findLast((v) => v !== null && v !== undefined) ?? this.gives ?? 0.5;
  }

  /** Your choice for the next half year; then time goes on. */
  choose(way: -1 | 0 | 1): void {
    const { session, player } = this.app;
    const from = session.cursor;
    const before = this.yourLast;
    const value = Math.max(0, Math.min(1, before + way * STEP));
    const next = [...this.yours];
    for (let m = from; m <= Math.min(session.months, from + QUARTER); m++) {
      next[m] = m === from && this.yours.length ? this.yours[m] ?? before : before + ((value - before) * (m - from)) / QUARTER;
    }
    this.yours = Array.from(next, (v) => v ?? null);
    player.speed = 6;
    player.play(Math.min(session.months, from + QUARTER));
  }

  /** Asks for her history and reasons once time rests. */
  async look(): Promise<void> {
    const { session } = this.app;
    const here = `${session.run}/${session.reached}`;
    if (here === this.asked) return;
    this.asked = here;
    try {
      this.answer = await session.look(0, this.key);
    } catch (fault) {
      session.refuse(fault);
    }
  }

  get hours(): number | null {
    const { answer } = this;
    if (!answer) return null;
    const at = answer.history.month.findLastIndex((m) => m <= this.app.session.cursor);
    return at < 0 ? null : answer.history.hours[at];
  }
}
