import type { App } from "../model/app.svelte";
import { helpOf } from "./help";
import type { Stage } from "./scenes";
import type { Cuts, Often, Told, When } from "../model/types";

const SILENT = { before: [], after: [], outcome: null };

/** What the scene says of the run shown. The server reads it from the worlds; nothing is known beforehand. */
export class Telling {
  told = $state.raw<Pick<Told, "before" | "after" | "outcome">>(SILENT);
  often = $state.raw<Often | null>(null); // how often it ends so
  when = $state.raw<When | null>(null);
  cuts = $state.raw<Cuts | null>(null); // what cutting each arrow saves
  private closed = false; // the end of this run was asked about
  private end = (): void => {};

  constructor(private readonly app: App) {}

  /** Which option of the bet came true; null until the run has ended and was judged. */
  get outcome(): string | null {
    return this.when?.outcome ?? this.told.outcome;
  }

  /** Asks anew about a run that has begun. */
  begin(): void {
    this.quiet();
    void this.ask();
  }

  /** Asks what the run shows at its end, and how often it ends so. */
  close(stage: Stage): void {
    if (this.closed) return;
    this.closed = true;
    void this.ask();
    const { session, info } = this.app;
    const action = helpOf(session.config!)?.action;
    if (stage === "when") this.end = session.job<When>("when", { action }, (answer) => (this.when = this.often = answer));
    else if (stage === "loop") this.end = session.job<Cuts>("loop", { world: 0 }, (answer) => (this.cuts = answer));
    else if (info?.bet) this.end = session.job<Often>("often", {}, (answer) => (this.often = answer));
  }

  /** Stops asking: the scene is left or begins anew. */
  quiet(): void {
    this.end();
    this.end = () => {};
    this.closed = false;
    this.told = SILENT;
    this.often = this.when = null;
    this.cuts = null;
  }

  private async ask(): Promise<void> {
    const { session } = this.app;
    try {
      const told = await session.ask<Told>({ type: "tell" }, "told");
      if (told.run === session.run) this.told = told;
    } catch (fault) {
      session.refuse(fault);
    }
  }
}
