import type { App } from "../model/app.svelte";
import { share } from "../model/line/frame";
import type { AgentAnswer, ChosenAnswer, Frame } from "../model/types";
import { givenBy, HALF_YEAR, type Choice } from "./choices/choices";

/** In a GP's chair: the model's GP decides for herself, and beside her stands what you would give, and what comes of it. */
export class DeskGame {
  answer = $state.raw<AgentAnswer | null>(null);
  chosen = $state.raw<ChosenAnswer | null>(null); // what came of your choices so far, and of hers
  private asked = "";

  constructor(private readonly app: App) {}

  /** A run begins: what was chosen before belongs to another one. */
  begin(): void {
    if (this.app.restored) this.app.restored = false;
    else this.app.choices = [];
    this.answer = this.chosen = null;
    this.asked = "";
  }

  get key(): number {
    return this.app.session.focus ?? 0;
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

  get choices(): Choice[] {
    return this.app.choices;
  }

  /** What you give in every month shown so far; nothing before you chose. */
  get yours(): number[] {
    const { session } = this.app;
    return this.choices.length ? givenBy(this.choices, this.hers[0] ?? 0.5, session.seen) : [];
  }

  get yourLast(): number {
    return this.yours[this.app.session.cursor] ?? this.hers[0] ?? 0.5;
  }

  /** Your choice for the next half year; then time goes on. */
  choose(way: -1 | 0 | 1): void {
    const { session, player } = this.app;
    const month = session.cursor;
    this.app.choices = [...this.choices.filter((each) => each.month < month), { month, way }];
    player.speed = 6;
    player.play(Math.min(session.months, month + HALF_YEAR));
  }

  get name(): string {
    return this.app.session.nameOf(0, this.key);
  }

  /** Asks for her history and reasons once time rests. */
  async look(): Promise<void> {
    const { session } = this.app;
    const here = `${session.run}/${session.cursor}`;
    if (here === this.asked) return;
    this.asked = here;
    try {
      this.answer = await session.look(0, this.key);
      if (this.choices.length && session.cursor > 0 && !session.recorded) await this.compare();
    } catch (fault) {
      session.refuse(fault);
    }
  }

  private async compare(): Promise<void> {
    const { session } = this.app;
    const found = await session.ask<ChosenAnswer>({ type: "choose", given: this.yours.slice(0, session.cursor + 1) }, "chosen");
    if (found.run === session.run) this.chosen = found;
  }

  get hours(): number | null {
    const { answer } = this;
    if (!answer) return null;
    const at = answer.history.month.findLastIndex((m) => m <= this.app.session.cursor);
    return at < 0 ? null : answer.history.hours[at];
  }
}
