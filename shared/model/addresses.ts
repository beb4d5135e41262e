import { jsonPointer } from '../api/problem.ts';

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Names that belong to nobody (RFC 2606): they stand in samples. */
const nobodys = /@(?:.+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid)$/i;

/** Where in a model an e-mail address stands that somebody may have, as JSON pointers. */
export const addressesIn = (value: unknown, path: readonly PropertyKey[] = []): readonly string[] => {
  if (typeof value === 'string') {
    return (value.match(address) ?? []).every((one) => nobodys.test(one)) ? [] : [jsonPointer(path)];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => addressesIn(one, [...path, key]));
};
