import { decodeFrame } from "./line/frame";
import { Link } from "./line/link";
import { Refused, type Message, type Model, type Status } from "./model";
import { Recorded } from "./line/recorded";
import type { Action, AgentAnswer, Band, Config, Frame, MeasureInfo, Problem, Started, Welcome } from "./types";
import { say } from "../words";

/** A run that begins: it takes the place of the one shown once the month asked for is here. */
interface Coming {
  run: number;
  config: Config;
  notes: string[];
  own: [number, string][][];
  titles: string[];
  focus: number | null;
  names: Map<number, string>[];
  frames: Frame[][];
  month: number;
}

/** One run of one or two worlds: what came so far, the month shown, and the talk with the server. */
export class Session {
  welcome = $state.raw<Welcome | null>(null);
  status = $state<"joining" | Status>("joining");
  config = $state.raw<Config | null>(null);
  run = $state(0);
  reached = $state(0); // the last month that is here
  seen = $state(0); // the last month that was shown: charts stop here
  cursor = $state(0); // the month shown
  going = $state<number | null>(null); // the month being simulated to
  drawn = $state(0); // grows when months shown are replaced: what depends on frames depends on it
  problems = $state.raw<Problem[]>([]);
  notes = $state.raw<string[]>([]);
  own = $state.raw<[number, string][][]>([]); // dated events of each world's scenario itself
  titles = $state.raw<string[]>([]); // of the worlds, with what differs between them
  focus = $state<number | null>(null); // key of the GP whom the scene follows
  band = $state.raw<Band | null>(null);
  recorded = $state.raw<Recorded | null>(null); // what there is where nothing is computed
  frames: Frame[][] = [[], []];
  names: Map<number, string>[] = [new Map(), new Map()];

  private readonly link: Link;
  private asked = false; // months are on their way
  private coming: Coming | null = null;
  private opening = { month: 0, done: () => {} };
  private jobs = 0;
  private heard: ((message: Message) => void)[] = [];
  private first: ((config: Config | null) => void) | null = null;

  constructor(model: Model) {
    this.link = new Link(model, {
      message: (message) => this.hear(message),
      frame: (buffer) => this.take(decodeFrame(buffer)),
      status: (status) => this.noteStatus(status),
    });
  }

  /** Joins the server; `first` starts the first run once the server has said what there is. */
  join(first: (config: Config | null) => void): void {
    this.first = first;
    this.link.open();
  }

  get months(): number {
    return this.config?.months ?? 0;
  }

  get worlds(): number {
    return this.config?.worlds.length ?? 0;
  }

  get ended(): boolean {
    return this.cursor >= this.months;
  }

  /** Whether a run can be shown: any from the server, of a recording those that it holds. */
  has(config: Config): boolean {
    return this.recorded?.has(config) ?? true;
  }

  measure(name: string): MeasureInfo | undefined {
    return this.welcome?.measures.find((m) => m.name === name);
  }

  /** The frame of the month shown. */
  frame(world: number): Frame | null {
    void this.drawn;
    return this.frames[world]?.[this.cursor] ?? null;
  }

  /** A measure by month up to the last month shown; null where undefined. */
  series(world: number, name: string): (number | null)[] {
    void this.drawn;
    const n = this.welcome?.measures.findIndex((m) => m.name === name) ?? -1;
    return this.frames[world].slice(0, this.seen + 1).map((frame) => {
      const value = frame?.measures[n];
      return value === undefined || Number.isNaN(value) ? null : value;
    });
  }

  /** The value of a measure in the month shown. */
  value(world: number, name: string): number | null {
    const n = this.welcome?.measures.findIndex((m) => m.name === name) ?? -1;
    const value = this.frame(world)?.measures[n];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  nameOf(world: number, key: number): string {
    return this.names[world]?.get(key) ?? say.person(key);
  }

  /** Builds the worlds of a configuration anew and shows `month`; until it is here the old run stays in sight.
   *
   * Whether it was allowed.
   */
  async start(config: Config, month = 0): Promise<boolean> {
    this.problems = [];
    this.asked = false;
    try {
      const here = new Promise<void>((done) => (this.opening = { month: Math.min(month, config.months), done }));
      await this.link.ask({ type: "start", config }, "started");
      if (this.opening.month > 0) this.link.send({ type: "goto", month: this.opening.month });
      await here;
      return true;
    } catch (fault) {
      this.refuse(fault);
      return false;
    }
  }

  /** Simulates to a month if it lies ahead, and shows it. */
  async goTo(month: number): Promise<void> {
    const to = Math.max(0, Math.min(this.months, Math.round(month)));
    if (to > this.reached) {
      this.going = to;
      await this.link.ask({ type: "goto", month: to }, "at").finally(() => (this.going = null));
    }
    this.show(to);
  }

  show(month: number): void {
    this.cursor = Math.max(0, Math.min(this.reached, month));
    this.seen = Math.max(this.seen, this.cursor);
  }

  /** Asks for months ahead of the one shown, so that playing need not wait. */
  fetchAhead(months: number): void {
    if (this.asked || this.reached >= this.months || this.reached - this.cursor >= months) return;
    this.asked = true;
    this.link.send({ type: "step", months: Math.max(1, Math.min(12, months)) });
  }

  async act(worlds: number[], action: string, value: number | null): Promise<void> {
    const message = { type: "act", month: this.cursor, worlds, action, ...(value === null ? {} : { value }) };
    try {
      await this.link.ask(message, "acted");
    } catch (fault) {
      this.refuse(fault);
    }
  }

  look(world: number, agent: number): Promise<AgentAnswer> {
    return this.link.ask({ type: "look", world, agent }, "agent");
  }

  ask<Answer>(message: Message, type: string): Promise<Answer> {
    return this.link.ask(message, type);
  }

  send(message: Message): void {
    this.link.send(message);
  }

  /** Begins a job and hands on its messages until the last one; the function returned ends it early. */
  job<Answer>(type: string, more: Record<string, unknown>, each: (answer: Answer) => void): () => void {
    const job = `${type}-${++this.jobs}`;
    let open = true;
    const stop = this.listen((message) => {
      if (message.job !== job) return;
      if (message.type !== "error" && !message.cancelled) each(message as unknown as Answer);
      if (message.done !== false) close();
    });
    const close = (): void => {
      open = false;
      stop();
    };
    this.send({ type, job, ...more });
    return () => {
      if (!open) return;
      close();
      this.send({ type: "cancel", job });
    };
  }

  /** Hears every message that comes, until the returned function is called. */
  listen(ear: (message: Message) => void): () => void {
    this.heard.push(ear);
    return () => (this.heard = this.heard.filter((other) => other !== ear));
  }

  actions(world: number): Action[] {
    return this.config?.worlds[world]?.actions ?? [];
  }

  refuse(fault: unknown): void {
    this.problems = fault instanceof Refused ? fault.problems : [{ rule: String(fault) }];
  }

  private noteStatus(status: Status): void {
    if (this.status === "full" && status === "ready") this.problems = [];
    this.status = status;
    this.asked = false;
  }

  private hear(message: Message): void {
    if (message.type === "welcome") this.greet(message as unknown as Welcome);
    else if (message.type === "started") this.begin(message as never);
    else if (message.type === "people") this.meet(message as never);
    else if (message.type === "at") this.asked = false;
    else if (message.type === "acted") this.cut(message as never);
    else if (message.type === "error") this.problems = (message.problems as Problem[]) ?? [];
    else if (message.type === "band") this.band = message as unknown as Band;
    for (const ear of this.heard) ear(message);
  }

  private greet(welcome: Welcome): void {
    this.welcome = welcome;
    this.recorded = welcome.recorded ? new Recorded(welcome, welcome.recorded) : null;
    if (!this.config) this.first?.(this.config);
    else if (!welcome.resumed) void this.start(this.config, this.cursor);
  }

  private begin(message: Started): void {
    if (message.run === this.run && this.frames[0].length) {
      this.takeUp(message);
      return;
    }
    this.coming = {
      run: message.run,
      config: message.config,
      notes: message.notes ?? [],
      own: message.marks ?? [],
      titles: message.titles ?? [],
      focus: message.focus ?? null,
      names: [new Map(), new Map()],
      frames: [[], []],
      month: Math.max(message.month, this.opening.month),
    };
    if (message.month > 0) this.link.send({ type: "frames", first: 0, last: message.month });
  }

  /** The run goes on after the line dropped: months that were on their way are asked for once more. */
  private takeUp(message: Started): void {
    this.config = message.config;
    if (message.month > this.reached) this.link.send({ type: "frames", first: this.reached + 1, last: message.month });
  }

  private meet(message: { run: number; world: number; people: [number, string][] }): void {
    const names = this.coming?.run === message.run ? this.coming.names : this.names;
    names[message.world] = new Map(message.people);
  }

  private take(frame: Frame): void {
    const { coming } = this;
    if (coming?.run === frame.run) {
      coming.frames[frame.world][frame.month] = frame;
      if (frame.world === coming.config.worlds.length - 1 && frame.month >= coming.month) this.settle(coming);
      return;
    }
    if (frame.run !== this.run) return;
    this.frames[frame.world][frame.month] = frame;
    if (frame.world === this.worlds - 1) this.reached = Math.max(this.reached, frame.month);
  }

  private settle(coming: Coming): void {
    this.coming = null;
    this.run = coming.run;
    this.config = coming.config;
    this.notes = coming.notes;
    this.own = coming.own;
    this.titles = coming.titles;
    this.focus = coming.focus;
    this.names = coming.names;
    this.frames = coming.frames;
    this.reached = this.cursor = this.seen = coming.month;
    this.band = null;
    this.drawn++;
    this.opening.done();
  }

  private cut(message: { month: number; config: Config; titles: string[] }): void {
    this.config = message.config;
    this.titles = message.titles;
    for (const frames of this.frames) frames.length = Math.min(frames.length, message.month + 1);
    this.reached = Math.min(this.reached, message.month);
    this.cursor = Math.min(this.cursor, message.month);
    this.seen = this.cursor;
    this.asked = false;
    this.drawn++;
  }
}
