/** A header and arrays in one block of zlib data, as the server packs replays and recordings. */

export interface Packed {
  type: "u8" | "i16" | "u16" | "u32" | "f32";
  shape: number[];
  at: number;
}

export type Column = Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array;
const TYPES = { u8: Uint8Array, i16: Int16Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array };

/** The bytes in a page: base64 of zlib data. */
export async function inflate(text: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The header, and the bytes of the arrays. */
export function opened<Header>(bytes: Uint8Array): { header: Header; body: ArrayBuffer } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  return { header, body: bytes.slice(4 + length).buffer as ArrayBuffer }; // a copy starts at a multiple of 4, as the arrays need it
}

export const sizeOf = ({ shape }: Packed): number => shape.reduce((product, n) => product * n, 1);

/** An array as it was written: a copy, which may be changed. */
export const columnOf = (packed: Packed, body: ArrayBuffer): Column => new TYPES[packed.type](body, packed.at, sizeOf(packed)).slice();
