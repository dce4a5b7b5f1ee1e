import type { Session } from "./session.svelte";

export const SPEEDS = [1, 3, 6, 12, 24, 48];

/** Plays the months of a session at a chosen speed, and counts the months drawn a second. */
export class Player {
  playing = $state(false);
  speed = $state(6); // months a second
  until = $state<number | null>(null); // stops here once
  fps = $state(0);
  stride: number | null = null; // months after which a run rests of itself: where a choice is due
  private owed = 0;
  private last = 0;
  private count = 0;
  private since = 0;

  constructor(private readonly session: Session) {}

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(until: number | null = null): void {
    if (this.session.ended) return;
    this.until = until ?? this.rest();
    this.playing = true;
    this.owed = 1;
    this.count = 0;
    this.last = this.since = performance.now();
    requestAnimationFrame(this.turn);
  }

  /** The next month in which a choice is due; null where the run goes on to its end. */
  private rest(): number | null {
    return this.stride && this.stride * (Math.floor(this.session.cursor / this.stride) + 1);
  }

  pause(): void {
    this.playing = false;
  }

  async step(months: number): Promise<void> {
    this.pause();
    await this.session.goTo(this.session.cursor + months);
  }

  private readonly turn = (now: number): void => {
    if (!this.playing) return;
    const { session } = this;
    this.owed = Math.min(2, this.owed + ((now - this.last) / 1000) * this.speed);
    this.last = now;
    session.fetchAhead(Math.max(2, Math.ceil(this.speed / 3)));
    if (this.owed >= 1 && session.cursor < session.reached) {
      this.owed -= 1;
      this.count++;
      session.show(session.cursor + 1);
    }
    if (now - this.since >= 1000) {
      this.fps = (this.count * 1000) / (now - this.since);
      this.count = 0;
      this.since = now;
    }
    if (session.ended || session.cursor === this.until) this.pause();
    else requestAnimationFrame(this.turn);
  };
}
