import type { Session } from "../model/session.svelte";
import type { FileAnswer } from "../model/types";

/** The bytes of a file that the server sent. */
function blobOf(file: FileAnswer): Blob {
  return new Blob([Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0))], { type: file.mime });
}

/** Saves a blob under a name, as a download. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Shows a page in a tab of its own, from which it can be printed. */
function show(blob: Blob, name: string): void {
  const tab = window.open(URL.createObjectURL(blob), "_blank");
  if (!tab) save(blob, name);
}

/** Whether a file is to be read at once: papers open in a tab, everything else is saved. */
export const isPaper = (what: string): boolean => ["card", "guide", "worksheet", "answers"].includes(what);
export const openFile = (file: FileAnswer): void => (isPaper(file.what) ? show : save)(blobOf(file), file.name);

export function fetchFile(session: Session, what: string, more: Record<string, unknown> = {}): Promise<FileAnswer> {
  return session.ask({ type: "export", what, ...more }, "file");
}
