/** The websocket to the lesson's server: joins, asks, and joins again to the same run when the line drops. */

import type { Problem } from "./types";

export type Message = { type: string; [name: string]: unknown };

interface Waiting {
  type: string;
  about: string;
  resolve: (message: never) => void;
  reject: (fault: Refused) => void;
}

/** The server's answer to something that it does not allow. */
export class Refused extends Error {
  constructor(readonly problems: Problem[]) {
    super(problems.map((p) => p.rule ?? "not allowed").join("; ") || "not allowed");
  }
}

export type Status = "ready" | "lost" | "taken" | "full";

export interface Ears {
  message(message: Message): void;
  frame(buffer: ArrayBuffer): void;
  status(status: Status): void;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;
const TAKEN = 4001; // another tab has taken this run over
const FULL = 1013; // the server has all the pages that it may have

export class Link {
  private socket: WebSocket | null = null;
  private token: string | undefined;
  private wait = FIRST_WAIT;
  private waiting: Waiting[] = [];

  constructor(private readonly address: string, private readonly ears: Ears) {}

  open(): void {
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.send({ type: "hello", protocol: 1, ...(this.token ? { token: this.token } : {}) });
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.hear(JSON.parse(data)) : this.ears.frame(data));
    socket.onclose = ({ code }) => this.dropped(code);
    this.socket = socket;
  }

  send(message: Message): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Sends a message and waits for the answer of that type; refused where the server reports an error about it. */
  ask<Answer>(message: Message, type: string): Promise<Answer> {
    if (this.socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Refused([{ rule: "The server does not answer now. Try again in a moment." }]));
    return new Promise<Answer>((resolve, reject) => {
      this.waiting.push({ type, about: message.type, resolve: resolve as (message: never) => void, reject });
      this.send(message);
    });
  }

  private hear(message: Message): void {
    if (message.type === "welcome") {
      this.token = message.token as string;
      this.wait = FIRST_WAIT;
      this.ears.status("ready");
    }
    const failed = message.type === "error";
    const n = this.waiting.findIndex((w) => (failed ? w.about === message.about : w.type === message.type));
    const [first] = n >= 0 ? this.waiting.splice(n, 1) : [];
    if (failed) first?.reject(new Refused((message.problems as Problem[]) ?? []));
    else first?.resolve(message as never);
    this.ears.message(message);
  }

  private dropped(code: number): void {
    this.ears.status(code === TAKEN ? "taken" : code === FULL ? "full" : "lost");
    for (const w of this.waiting.splice(0)) w.reject(new Refused([{ rule: "the line to the server dropped" }]));
    if (code === TAKEN) return;
    setTimeout(() => this.open(), code === FULL ? LONGEST_WAIT : this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 1.7);
  }
}
