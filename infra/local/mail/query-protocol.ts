import type { Json } from '../../../shared/kernel/json.ts';
import { isObject } from '../template/json-shape.ts';

/*
 * The AWS Query protocol: arguments come as form fields with dotted names, answers go out as XML.
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
type Tree = { [key: string]: Tree | string };

const insert = (tree: Tree, path: readonly string[], value: string): void => {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const inner = tree[head];
  const branch: Tree = inner === undefined || typeof inner === 'string' ? Object.create(null) : inner;
  tree[head] = branch;
  insert(branch, rest, value);
};

const shaped = (tree: Tree | string): Json => {
  if (typeof tree === 'string') return tree;
  const { member } = tree;
  if (member !== undefined && typeof member !== 'string' && Object.keys(tree).length === 1) {
    const places = Object.keys(member).sort((a, b) => Number(a) - Number(b));
    return places.map((place) => shaped(member[place] ?? ''));
  }
  return Object.fromEntries(Object.entries(tree).map(([key, inner]) => [key, shaped(inner)]));
};

/** `A.member.1.B=x` → `{A: [{B: 'x'}]}`. */
export const readArguments = (form: string): Json => {
  const root: Tree = Object.create(null);
  for (const [key, value] of new URLSearchParams(form)) insert(root, key.split('.'), value);
  return shaped(root);
};

export const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const toXml = (value: Json): string => {
  if (Array.isArray(value)) return value.map((one) => `<member>${toXml(one)}</member>`).join('');
  if (isObject(value))
    return Object.entries(value)
      .map(([key, one]) => `<${key}>${toXml(one)}</${key}>`)
      .join('');
  return escapeXml(String(value));
};
