/** Light or dark, and the size of type: kept by the browser where it allows, else for this visit. */

type Theme = "light" | "dark";

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a page opened from a file may have no storage: the choice then lasts for the visit
  }
}

class Look {
  now = $state<Theme>("light");
  large = $state(false);

  begin(): void {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    this.set((kept("theme") as Theme | null) ?? system);
    this.enlarge(kept("large") === "yes");
  }

  set(theme: Theme): void {
    this.now = theme;
    document.documentElement.dataset.theme = theme;
  }

  toggle(): void {
    this.set(this.now === "dark" ? "light" : "dark");
    keep("theme", this.now);
  }

  enlarge(large: boolean): void {
    this.large = large;
    document.documentElement.dataset.type = large ? "large" : "";
    keep("large", large ? "yes" : "no");
  }
}

export const theme = new Look();
