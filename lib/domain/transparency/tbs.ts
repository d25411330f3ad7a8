/* As much of DER (X.690) as it takes to open and close the envelope of a certificate. */

export type Element = { tag: number; content: Buffer; whole: Buffer };

const longForm = 0x80;

/** The first element and what follows it. Errors: `RangeError`. */
const firstElement = (der: Buffer): { element: Element; rest: Buffer } => {
  const [tag = -1, short = -1] = der;
  const width = short < longForm ? 0 : short - longForm;
  if (short < 0 || width > 4 || der.length < 2 + width) throw new RangeError('the certificate ends within an element');
  const length = width === 0 ? short : der.readUIntBE(2, width);
  const start = 2 + width;
  if (short === longForm || der.length < start + length) throw new RangeError('the certificate ends within an element');
  const element = { tag, content: der.subarray(start, start + length), whole: der.subarray(0, start + length) };
  return { element, rest: der.subarray(start + length) };
};

export const elementsOf = (der: Buffer): Element[] => {
  const elements: Element[] = [];
  for (let left = der; left.length > 0; ) {
    const { element, rest } = firstElement(left);
    elements.push(element);
    left = rest;
  }
  return elements;
};

export const element = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < longForm) return Buffer.concat([Buffer.from([tag, length]), content]);
  const width = Math.ceil(length.toString(16).length / 2);
  const head = Buffer.alloc(2 + width);
  head.writeUInt8(tag, 0);
  head.writeUInt8(longForm + width, 1);
  head.writeUIntBE(length, 2, width);
  return Buffer.concat([head, content]);
};

export const sequence = 0x30;
const bitString = 0x03;
const version = 0xa0;

/** A certificate that says what `tbs` says, under the algorithm it names, with a signature that nobody made. */
export const certificateAround = (tbs: Buffer): Buffer => {
  const fields = elementsOf(firstElement(tbs).element.content);
  const algorithm = fields[fields[0]?.tag === version ? 2 : 1]?.whole;
  if (!algorithm) throw new RangeError('the content of the precertificate names no algorithm');
  return element(sequence, tbs, algorithm, element(bitString, Buffer.from([0])));
};
