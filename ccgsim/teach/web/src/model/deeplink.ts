import type { Config } from "./types";

const START = "#c=";

/** The whole configuration as the fragment of an address: it never leaves the machine. */
export function toFragment(config: Config): string {
  const bytes = new TextEncoder().encode(JSON.stringify(config));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return START + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether an address was meant to hold a configuration, readable or not. */
export const isLink = (fragment: string): boolean => fragment.startsWith(START);

/** The configuration in a fragment; null where there is none or it cannot be read. The server checks its values. */
export function fromFragment(fragment: string): Config | null {
  if (!isLink(fragment)) return null;
  try {
    const text = atob(fragment.slice(START.length).replaceAll("-", "+").replaceAll("_", "/"));
    const config = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    return config?.schema === 1 && Array.isArray(config.worlds) ? (config as Config) : null;
  } catch {
    return null;
  }
}
