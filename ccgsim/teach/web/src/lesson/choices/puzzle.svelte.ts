import type { App } from "../../model/app.svelte";
import type { Goal, Solved } from "../../model/types";

/** The puzzle in the district shown: its line, and which actions hold it. */
export class PuzzleGame {
  solved = $state.raw<Solved | null>(null);
  private stop = (): void => {};

  constructor(private readonly app: App) {}

  get goal(): Goal | null {
    return this.app.info?.goal ?? null;
  }

  begin(): void {
    this.end();
    this.solved = null;
    if (this.goal) this.stop = this.app.session.job<Solved>("solve", {}, (answer) => (this.solved = answer));
  }

  end(): void {
    this.stop();
    this.stop = () => {};
  }

  /** The value of the goal's measure in the month shown. */
  get value(): number | null {
    return this.goal ? this.app.session.value(0, this.goal.measure) : null;
  }

  get over(): boolean {
    return this.goal !== null && this.app.session.cursor >= this.goal.month;
  }

  /** Whether the line is held, in the whole percent that the page shows. */
  get held(): boolean {
    return this.over && this.solved !== null && this.value !== null && Math.round(100 * this.value) >= Math.round(100 * this.solved.line);
  }
}
