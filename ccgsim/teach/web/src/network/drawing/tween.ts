/** Values on their way from one month to the next, so that slow playing looks like growing and shrinking. */
export class Tween {
  private from: Float32Array = new Float32Array(0);
  private to: Float32Array = new Float32Array(0);
  private begun = 0;
  private lasts = 0;

  /** Heads for new values in so many milliseconds; at once where people came or went. */
  head(values: Float32Array, now: number, lasts: number): void {
    const same = values.length === this.to.length;
    this.from = same && lasts > 0 ? this.at(now) : values;
    this.to = values;
    this.begun = now;
    this.lasts = same ? lasts : 0;
  }

  moving(now: number): boolean {
    return now < this.begun + this.lasts;
  }

  at(now: number): Float32Array {
    const part = this.lasts > 0 ? Math.min(1, (now - this.begun) / this.lasts) : 1;
    if (part >= 1) return this.to;
    const eased = part * (2 - part);
    return this.to.map((value, n) => this.from[n] + (value - this.from[n]) * eased);
  }
}
