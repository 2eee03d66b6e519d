import type { AttributeValue } from '@aws-sdk/client-dynamodb';

const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);

/** Two digits a byte, leading and trailing zeros apart, one byte for the exponent and one for a sign. */
const numberSize = (text: string): number => {
  const digits = text
    .replace(/[-.]/g, '')
    .replace(/e.*$/i, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
};

const valueSize = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.SS !== undefined) return sum(value.SS.map((text) => Buffer.byteLength(text)));
  if (value.NS !== undefined) return sum(value.NS.map(numberSize));
  if (value.BS !== undefined) return sum(value.BS.map((bytes) => bytes.byteLength));
  if (value.L !== undefined) return 3 + sum(value.L.map((each) => 1 + valueSize(each)));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
};

/** Bytes of an item as DynamoDB bills them (AWS docs, "DynamoDB item sizes and formats"). */
export const itemSize = (item: Record<string, AttributeValue>): number =>
  sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueSize(value)));
