/** Reads structures of TLS (RFC 8446 section 3) from the front. Whatever does not fit is a `RangeError`, never a part. */
export class Bytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  get at(): number {
    return this.#at;
  }

  number(width: number): number {
    return this.take(width).readUIntBE(0, width);
  }

  /** As a number: moments and sizes are far below 2^53. */
  uint64(): number {
    const value = Number(this.take(8).readBigUInt64BE());
    if (!Number.isSafeInteger(value)) throw new RangeError(`the number ${value} is larger than any log's`);
    return value;
  }

  /** A vector with its length in front, in `width` bytes. */
  vector(width: number): Buffer {
    return this.take(this.number(width));
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError(`${length} bytes are missing at ${this.#at}`);
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }

  /** All between two places. */
  between(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }
}

export const numberBytes = (width: number, value: number): Buffer => {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntBE(value, 0, width);
  return bytes;
};

export const uint64Bytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
export const vectorBytes = (width: number, content: Uint8Array): Buffer =>
  Buffer.concat([numberBytes(width, content.length), content]);
