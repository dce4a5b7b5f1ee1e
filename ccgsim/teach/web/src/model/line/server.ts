/** The websocket to the lesson's server: it joins again, to the same run, when the line drops. */

import type { Ears, Message, Model } from "../model";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;
const TAKEN = 4001; // another tab has taken this run over
const FULL = 1013; // the server has all the pages that it may have

export class Server implements Model {
  private socket: WebSocket | null = null;
  private token: string | undefined;
  private wait = FIRST_WAIT;

  constructor(private readonly address: string) {}

  get ready(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open(ears: Ears): void {
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.send({ type: "hello", protocol: 1, ...(this.token ? { token: this.token } : {}) });
    socket.onmessage = ({ data }) => (typeof data === "string" ? this.hear(JSON.parse(data), ears) : ears.frame(data));
    socket.onclose = ({ code }) => this.dropped(code, ears);
    this.socket = socket;
  }

  send(message: Message): void {
    if (this.ready) this.socket!.send(JSON.stringify(message));
  }

  private hear(message: Message, ears: Ears): void {
    if (message.type === "welcome") {
      this.token = message.token as string;
      this.wait = FIRST_WAIT;
      ears.status("ready");
    }
    ears.message(message);
  }

  private dropped(code: number, ears: Ears): void {
    ears.status(code === TAKEN ? "taken" : code === FULL ? "full" : "lost");
    if (code === TAKEN) return;
    setTimeout(() => this.open(ears), code === FULL ? LONGEST_WAIT : this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 1.7);
  }
}
