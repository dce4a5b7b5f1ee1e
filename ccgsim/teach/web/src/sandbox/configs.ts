/** Changes to a configuration, each giving a new one. */

import type { Config, ParameterInfo, ScenarioInfo } from "../model/types";

function changed(config: Config, worlds: number[], change: (world: Config["worlds"][number]) => Config["worlds"][number]): Config {
  return { ...config, worlds: config.worlds.map((world, w) => (worlds.includes(w) ? change(world) : world)) };
}

export const withSetting = (config: Config, worlds: number[], name: string, value: number): Config =>
  changed(config, worlds, (world) => ({ ...world, settings: { ...world.settings, [name]: value } }));

export function withoutSetting(config: Config, worlds: number[], name: string): Config {
  return changed(config, worlds, (world) => ({ ...world, settings: Object.fromEntries(Object.entries(world.settings).filter(([key]) => key !== name)) }));
}

/** Another scenario begins without the settings and actions of the one before. */
export const withScenario = (config: Config, world: number, scenario: string): Config => changed(config, [world], () => ({ scenario, settings: {}, actions: [] }));

export const withoutAction = (config: Config, world: number, n: number): Config =>
  changed(config, [world], (w) => ({ ...w, actions: w.actions.filter((_, other) => other !== n) }));

/** B as a copy of A, so that whatever is changed then is all that differs. */
export const withCopy = (config: Config): Config => ({ ...config, worlds: [config.worlds[0], structuredClone(config.worlds[0])] });

export const withoutB = (config: Config): Config => ({ ...config, worlds: [config.worlds[0]] });

/** Shorter runs lose the actions that would come after their end. */
export const withMonths = (config: Config, months: number): Config => ({
  ...config,
  months,
  worlds: config.worlds.map((world) => ({ ...world, actions: world.actions.filter((a) => a.month < months) })),
});

/** Where a slider stands in a world: its setting, else the scenario's value, else the default. */
export function valueOf(config: Config, world: number, parameter: ParameterInfo, scenarios: ScenarioInfo[]): number {
  const here = config.worlds[world];
  const own = scenarios.find((s) => s.name === here.scenario)?.values[parameter.name];
  return Number(here.settings[parameter.name] ?? own ?? parameter.default);
}
