/** The model's side of the page: it hears messages of the protocol and answers with messages and frames. */

import type { Problem } from "./types";

export type Message = { type: string; [name: string]: unknown };
export type Status = "ready" | "lost" | "taken" | "full";

export interface Ears {
  message(message: Message): void;
  frame(buffer: ArrayBuffer): void;
  status(status: Status): void;
}

/** What computes runs: the lesson's server, or a recording of what it computed before. */
export interface Model {
  open(ears: Ears): void;
  /** Whether it takes messages now. */
  readonly ready: boolean;
  send(message: Message): void;
}

/** The model's answer to something that it does not allow. */
export class Refused extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems.map((p) => p.rule).join("; "));
  }
}
