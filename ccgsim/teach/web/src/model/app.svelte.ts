import { getContext, setContext } from "svelte";
import { fromFragment, toFragment } from "./deeplink";
import { Player } from "./player.svelte";
import { Session } from "./session.svelte";
import type { Config, SceneInfo } from "./types";

export interface Bet {
  option: string; // of the scene's options
  saw: string; // what the run showed at its end, "" before
}

export interface Chosen {
  world: number;
  key: number;
}

/** The page as a whole: which scene, whose bets, who is chosen, what the live region says. */
export class App {
  readonly session: Session;
  readonly player: Player;
  scene = $state("");
  bets = $state<Record<string, Bet>>({});
  words = $state<Record<string, string>>({});
  chosen = $state.raw<Chosen | null>(null);
  said = $state("");

  constructor(address: string) {
    this.session = new Session(address);
    this.player = new Player(this.session);
  }

  /** Joins, and begins with the configuration of the address where there is one, else with the first scene. */
  begin(): void {
    this.session.join(() => {
      const linked = fromFragment(location.hash);
      if (linked) void this.open(linked);
      else void this.go(this.scenes[0].id);
    });
  }

  /** Another link in the same tab. */
  follow(): void {
    const linked = fromFragment(location.hash);
    if (linked && this.session.welcome) void this.open(linked);
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

  /** A bet comes before the run: until it is placed, nothing plays. */
  get gated(): boolean {
    return !!this.info?.bet && !this.bets[this.scene];
  }

  /** Plays or pauses; where a bet is due, says so. */
  toggle(): void {
    if (!this.gated) this.player.toggle();
    else {
      this.say("Place your bet first, then play.");
      document.querySelector<HTMLElement>("[data-bet]")?.focus();
    }
  }

  turn(by: number): void {
    const to = this.scenes[this.index + by];
    if (to) void this.go(to.id);
  }

  /** Runs a configuration, in the scene that it names or in the sandbox. */
  async open(config: Config, id = config.scene, month = 0): Promise<void> {
    this.player.pause();
    this.chosen = null;
    const known = this.scenes.some((s) => s.id === id);
    this.scene = known ? id : "sandbox";
    await this.session.start({ ...config, scene: this.scene }, month);
    this.remember();
  }

  /** The same run from its first month, on its own seed or on another one. */
  async again(seed = this.session.config?.seed ?? 0): Promise<void> {
    const { config } = this.session;
    if (!config) return;
    this.player.pause();
    await this.session.start({ ...config, seed });
    this.remember();
  }

  /** An action in the month shown. */
  async act(worlds: number[], action: string, value: number | null): Promise<void> {
    await this.session.act(worlds, action, value);
    this.remember();
  }

  /** The address that holds the run as it is configured now. */
  get link(): string {
    const { config } = this.session;
    return config ? location.origin + location.pathname + toFragment(config) : location.href;
  }

  say(text: string): void {
    this.said = text;
  }

  private remember(): void {
    const { config } = this.session;
    if (config) history.replaceState(null, "", toFragment(config));
  }
}

const KEY = "app";
export const provide = (app: App): App => setContext(KEY, app);
export const useApp = (): App => getContext<App>(KEY);
