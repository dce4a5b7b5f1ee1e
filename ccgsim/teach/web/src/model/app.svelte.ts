import { getContext, setContext } from "svelte";
import type { Choice } from "../lesson/choices/choices";
import { fromFragment, isLink, toFragment } from "./deeplink";
import { forget, keep, recall, type Bet } from "./memory";
import { Refused, type Model } from "./model";
import { Player } from "./player.svelte";
import { Session } from "./session.svelte";
import { Class } from "../together/class.svelte";
import type { Config, SceneInfo } from "./types";
import { say } from "../words";

const UNREADABLE = new Refused([{ rule: say.page.cutOff }]);

export interface Chosen {
  world: number;
  key: number;
}

/** The page as a whole: which scene, whose bets, who is chosen, what the live region says. */
export class App {
  readonly session: Session;
  readonly player: Player;
  readonly together: Class;
  scene = $state("");
  bets = $state<Record<string, Bet>>({});
  words = $state(""); // the student's own
  choices = $state.raw<Choice[]>([]); // in the GP's chair, of the run shown
  chosen = $state.raw<Chosen | null>(null);
  said = $state("");
  helping = $state(false); // the list of keys is open
  nudged = $state(false); // somebody pressed play before betting
  restored = false; // the run shown goes on from an earlier visit: choices belong to it

  constructor(model: Model) {
    this.session = new Session(model);
    this.player = new Player(this.session);
    this.together = new Class(this.session);
  }

  /** Joins, and begins with the run of the address, else with the one shown last, else with the first scene. */
  begin(): void {
    const kept = recall();
    this.bets = kept.bets;
    this.words = kept.words;
    this.session.join(() => {
      if (this.together.joins) return this.together.comeBack();
      const linked = fromFragment(location.hash);
      const config = linked ?? (isLink(location.hash) ? null : kept.config);
      const same = config !== null && JSON.stringify(config) === JSON.stringify(kept.config);
      if (same) [this.restored, this.choices] = [true, kept.choices];
      if (config) void this.open(config, config.scene, same ? kept.month : 0);
      else if (!isLink(location.hash)) void this.go(this.scenes[0].id);
      else this.session.refuse(UNREADABLE);
    });
  }

  /** The address changed: another link, or Back and Forward. */
  follow(): void {
    if (!this.session.welcome || location.hash === this.fragment) return;
    const linked = fromFragment(location.hash);
    if (linked) void this.open(linked, linked.scene, 0, false);
    else if (isLink(location.hash)) this.session.refuse(UNREADABLE);
  }

  /** Keeps what the student did in this browser. */
  keep(): void {
    const { config, cursor } = this.session;
    if (config) keep({ config, month: cursor, bets: this.bets, words: this.words, choices: this.choices });
  }

  /** Clears everything of the student and begins anew. */
  forget(): void {
    forget();
    [this.bets, this.words, this.choices] = [{}, "", []];
    void this.go(this.scenes[0].id);
  }

  get scenes(): SceneInfo[] {
    return this.session.welcome?.scenes ?? [];
  }

  get index(): number {
    return this.scenes.findIndex((s) => s.id === this.scene);
  }

  get info(): SceneInfo | null {
    return this.scenes[this.index] ?? null;
  }

  /** Shows a scene with its own configuration. */
  async go(id: string): Promise<void> {
    const scene = this.scenes.find((s) => s.id === id);
    if (!scene) return;
    await this.open(scene.config, id);
  }

  /** A bet comes before the run: until it is placed, by this page or by the class, nothing plays. */
  get gated(): boolean {
    return !!this.info?.bet && !this.bets[this.scene] && this.together.lecturer?.poll?.scene !== this.scene;
  }

  /** Plays or pauses; where a bet is due, says so. */
  toggle(): void {
    if (!this.gated) this.player.toggle();
    else {
      this.nudged = true;
      this.say(say.page.betFirst);
      document.querySelector<HTMLElement>("[data-bet]")?.focus();
    }
  }

  turn(by: number): void {
    const to = this.scenes[this.index + by];
    if (to) void this.go(to.id);
  }

  /** Runs a configuration, in the scene that it names or in the sandbox. What is refused leaves the run as it was. */
  async open(config: Config, id = config.scene, month = 0, turns = true): Promise<void> {
    this.player.pause();
    this.chosen = null;
    const before = this.scene;
    this.scene = this.scenes.some((s) => s.id === id) ? id : "sandbox";
    if (await this.session.start({ ...config, scene: this.scene }, month)) this.remember(turns && before !== "" && before !== this.scene);
    else this.scene = this.session.config ? before : "";
  }

  /** The same run from its first month, on its own seed or on another one. */
  async again(seed = this.session.config?.seed ?? 0): Promise<void> {
    const { config } = this.session;
    if (!config) return;
    this.player.pause();
    if (await this.session.start({ ...config, seed })) this.remember();
  }

  /** An action in the month shown. */
  async act(worlds: number[], action: string, value: number | null): Promise<void> {
    await this.session.act(worlds, action, value);
    this.remember();
  }

  /** The address that holds the run as it is configured now. */
  get link(): string {
    return this.fragment ? location.href.split("#")[0] + this.fragment : location.href;
  }

  private get fragment(): string {
    const { config } = this.session;
    return config ? toFragment(config) : "";
  }

  say(text: string): void {
    this.said = text;
  }

  /** Puts the run into the address: another scene is another page to go back from, a changed run is not. */
  private remember(turned = false): void {
    if (this.fragment === location.hash) return;
    history[turned ? "pushState" : "replaceState"](null, "", this.fragment);
  }
}

const KEY = "app";
export const provide = (app: App): App => setContext(KEY, app);
export const useApp = (): App => getContext<App>(KEY);
