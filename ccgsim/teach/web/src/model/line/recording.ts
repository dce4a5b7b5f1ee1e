/** A recorded lesson: it answers as the server did when the runs were recorded. Nothing is computed here. */

import { Lanes, numbered, type LaneTable } from "./lanes";
import { Refused, type Ears, type Message, type Model } from "../model";
import { inflate, opened } from "./packed";
import { Recorded } from "./recorded";
import type { Action, Config, Welcome } from "../types";
import { filled } from "../worksheet";
import { say } from "../../words";

/** What the files of the folder put into the page. */
export interface Files {
  welcome: Welcome & { recorded: Config[] };
  answers: Record<string, Message>; // that belong to no run
  seeds: Record<number, string>; // of those loaded
}

interface Run {
  config: Config;
  lanes: number[];
  said: [month: number, message: Message][];
  told: [before: Message, after: Message];
  answers: Record<string, Message>;
}

interface District {
  runs: Map<string, Run>;
  lanes: Lanes;
}

export class Recording implements Model {
  readonly ready = true;
  private readonly recorded: Recorded;
  private readonly districts = new Map<number, Promise<District>>();
  private ears!: Ears;
  private district: District | null = null;
  private run: Run | null = null;
  private number = 0;
  private month = 0;
  private turn: Promise<void> = Promise.resolve(); // messages are answered one after another

  constructor(private readonly files: Files) {
    this.recorded = new Recorded(files.welcome, files.welcome.recorded);
  }

  open(ears: Ears): void {
    this.ears = ears;
    ears.status("ready");
    ears.message({ ...this.files.welcome });
  }

  send(message: Message): void {
    this.turn = this.turn
      .then(() => this.answer(message))
      .catch((fault) => this.ears.message({ type: "error", about: message.type, ...jobOf(message), problems: fault instanceof Refused ? fault.problems : [{ rule: String(fault) }] }));
  }

  private async answer(message: Message): Promise<void> {
    if (message.type === "cancel") return;
    if (message.type === "start") return this.start(message.config as Config);
    if (message.type === "act") return this.act(message as never);
    if (message.type === "step") return this.goOn(this.month + (message.months as number));
    if (message.type === "goto") return this.goOn(message.month as number);
    if (message.type === "frames") return this.show(message.first as number, message.last as number);
    this.reply(message);
  }

  private async start(config: Config): Promise<void> {
    const district = await this.districtOf(config);
    this.district = district;
    this.run = district.runs.get(this.recorded.key(config))!;
    this.number++;
    this.month = -1;
    this.goOn(0, false);
  }

  /** The same run with one more thing done: one that was recorded. */
  private async act({ month, worlds, action, value }: { month: number; worlds: number[] } & Omit<Action, "month">): Promise<void> {
    const { config } = this.playing;
    const changed = { ...config, worlds: config.worlds.map((world, w) => (worlds.includes(w) ? { ...world, actions: [...world.actions, { month, action, value }] } : world)) };
    const { runs } = await this.districtOf(changed);
    this.run = runs.get(this.recorded.key(changed))!;
    const cut = month < this.month;
    this.month = month;
    const [, started] = this.run.said[0];
    this.say({ type: "acted", month, config: this.run.config, titles: started.titles });
    if (cut) this.at();
  }

  /** Shows a month: those on the way to it too, where it lies ahead. */
  private goOn(month: number, answered = true): void {
    const { said, config } = this.playing;
    if (month <= this.month) this.frames(month);
    while (this.month < Math.min(month, config.months)) {
      this.month++;
      for (const [before, message] of said) if (before === this.month) this.say(message);
      this.frames(this.month);
    }
    if (answered) this.at();
  }

  private show(first: number, last: number): void {
    for (let month = first; month <= Math.min(last, this.month); month++) this.frames(month);
    this.at();
  }

  private frames(month: number): void {
    this.playing.lanes.forEach((lane, world) => this.ears.frame(numbered(this.district!.lanes.frames(lane)[month], world, this.number)));
  }

  private at(): void {
    this.say({ type: "at", month: this.month, end: this.month >= this.playing.config.months });
  }

  /** The recorded answer to a question, or to a job. */
  private reply(message: Message): void {
    const found = message.type === "tell" ? this.playing.told[this.month < this.playing.config.months ? 0 : 1] : this.recall(message);
    if (!found) throw new Refused([{ rule: say.copy.notRecorded }]);
    this.say({ ...(found.type === "file" ? filled(found, message as never) : found), ...jobOf(message) });
  }

  private recall(message: Message): Message | undefined {
    const name = nameOf(message);
    return this.run?.answers[name] ?? this.files.answers[name];
  }

  private say(message: Message): void {
    this.ears.message("run" in message || message.type === "acted" || message.type === "at" ? { ...message, run: this.number } : message);
  }

  private get playing(): Run {
    if (!this.run) throw new Refused([{ rule: say.copy.nothing }]);
    return this.run;
  }

  /** The district of a recorded run, unpacked. */
  private districtOf(config: Config): Promise<District> {
    if (!this.recorded.has(config)) throw new Refused([{ rule: say.copy.notRecorded }]);
    const found = this.districts.get(config.seed) ?? this.load(config.seed);
    this.districts.set(config.seed, found);
    return found;
  }

  private async load(seed: number): Promise<District> {
    await script(`seed-${seed}.js`);
    const { header, body } = opened<{ runs: Run[]; lanes: LaneTable[] }>(await inflate(this.files.seeds[seed]));
    delete this.files.seeds[seed];
    return { runs: new Map(header.runs.map((run) => [this.recorded.key(run.config), run])), lanes: new Lanes(header.lanes, body) };
  }
}

const jobOf = ({ job }: Message): { job?: unknown } => (job === undefined ? {} : { job });

/** The name under which the answer to a question was recorded: see ../../../recording/runs.py. */
function nameOf({ type, action, world, agent, what }: Message): string {
  if (type === "when") return `when/${action}`;
  if (type === "loop") return `loop/${world}`;
  if (type === "look") return `look/${world}/${agent}`;
  return type === "export" ? `export/${what}` : type;
}

/** Loads a script of the folder: the one way in which a page from the disk may read a file. */
function script(name: string): Promise<void> {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = name;
    element.onload = () => done();
    element.onerror = () => failed(new Refused([{ rule: say.copy.noFile(name) }]));
    document.head.append(element);
  });
}
