/** Questions to the model, each with the answer that belongs to it. */

import { Refused, type Ears, type Message, type Model } from "../model";
import type { Problem } from "../types";
import { say } from "../../words";

interface Waiting {
  type: string;
  about: string;
  resolve: (message: never) => void;
  reject: (fault: Refused) => void;
}

export class Link {
  private waiting: Waiting[] = [];

  constructor(private readonly model: Model, private readonly ears: Ears) {}

  open(): void {
    this.model.open({
      message: (message) => this.hear(message),
      frame: (buffer) => this.ears.frame(buffer),
      status: (status) => {
        this.ears.status(status);
        if (status !== "ready") for (const w of this.waiting.splice(0)) w.reject(new Refused([{ rule: say.problems.dropped }]));
      },
    });
  }

  send(message: Message): void {
    this.model.send(message);
  }

  /** Sends a message and waits for the answer of that type; refused where the model reports an error about it. */
  ask<Answer>(message: Message, type: string): Promise<Answer> {
    if (!this.model.ready) return Promise.reject(new Refused([{ rule: say.problems.silent }]));
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ type, about: message.type, resolve: resolve as (message: never) => void, reject });
      this.send(message);
    });
  }

  private hear(message: Message): void {
    const failed = message.type === "error";
    const n = this.waiting.findIndex((w) => (failed ? w.about === message.about : w.type === message.type));
    const [first] = n >= 0 ? this.waiting.splice(n, 1) : [];
    if (failed) first?.reject(new Refused((message.problems as Problem[]) ?? []));
    else first?.resolve(message as never);
    this.ears.message(message);
  }
}
