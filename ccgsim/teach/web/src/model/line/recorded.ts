import type { Config, Welcome } from "../types";

/** Which runs a recording holds. A value that is not given is the action's own; order within a month does not matter. */
export class Recorded {
  private readonly keys: Set<string>;

  constructor(private readonly welcome: Pick<Welcome, "actions">, private readonly configs: Config[]) {
    this.keys = new Set(configs.map((config) => this.key(config)));
  }

  has(config: Config): boolean {
    return this.keys.has(this.key(config));
  }

  /** Seeds on which this run is recorded. */
  seeds(config: Config): number[] {
    const here = this.key({ ...config, seed: 0 });
    return this.configs.filter((each) => this.key({ ...each, seed: 0 }) === here).map((each) => each.seed);
  }

  /** The same text for the same run. */
  key(config: Config): string {
    const value = (name: string) => this.welcome.actions.find((action) => action.name === name)?.value?.default ?? null;
    const worlds = config.worlds.map(({ scenario, settings, actions }) => [
      scenario,
      Object.entries(settings).sort(),
      actions.map((done) => JSON.stringify([done.month, done.action, done.value ?? value(done.action)])).sort(),
    ]);
    return JSON.stringify([config.scene, config.seed, config.months, worlds]);
  }
}
