import type { Action, Config } from "../model/types";

/** What is done in B of the scene 'When would you act?'. */
export const helpOf = (config: Config): Action | null => config.worlds[1]?.actions[0] ?? null;

/** The same two worlds with other help in B. */
export const withHelp = (config: Config, action: string, month: number): Config => ({
  ...config,
  worlds: config.worlds.map((world, w) => (w === 1 ? { ...world, actions: [{ month, action }] } : world)),
});
