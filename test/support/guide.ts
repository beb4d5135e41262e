import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { EventCondition, MemberCondition } from '../../shared/scoring/condition.ts';
import { Model } from '../../shared/scoring/model.ts';
import { Staff } from '../../shared/scoring/staff.ts';

/** A file of the repository, by its path from the root. */
export const readText = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

export type CodeBlock = { readonly info: string; readonly content: string };

/** The fenced code of a Markdown page, with what stands behind the fence. */
export const codeBlocks = (page: string): readonly CodeBlock[] =>
  [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', content = '']) => ({ info, content }));

const union = Model.parse(parse(readText('samples/trade-union/model.yaml')));

/** Beside the sample's own, so that what a part refers to is there. */
const asPart = (key: 'scores' | 'grades' | 'rules' | 'capGroups' | 'journeys' | 'messages') => (content: unknown) =>
  Model.parse({ ...union, [key]: [...union[key], ...z.array(z.unknown()).parse(content)] });

const readers: Readonly<Record<string, (content: unknown) => unknown>> = {
  model: (content) => Model.parse(content),
  scores: asPart('scores'),
  grades: asPart('grades'),
  rules: (content) => {
    const rules = z.array(z.looseObject({ capGroup: z.string().optional() })).parse(content);
    const groups = rules.flatMap(({ capGroup }) => capGroup ?? []);
    const capGroups = [...new Set(groups)].map((id) => ({ id, title: id, cap: { times: 1 } }));
    return Model.parse({ ...union, capGroups, rules: [...union.rules, ...rules] });
  },
  'cap-groups': asPart('capGroups'),
  journeys: asPart('journeys'),
  messages: asPart('messages'),
  'event-conditions': (content) => z.array(EventCondition).min(1).parse(content),
  'member-conditions': (content) => z.array(MemberCondition).min(1).parse(content),
  staff: (content) => Staff.parse(content),
};

export const modelParts: readonly string[] = Object.keys(readers);

/** Reads YAML as the part of a model that its mark (`yaml rules`) says it is. Throws where Polku would refuse it. */
export const readModelPart = ({ info, content }: CodeBlock): unknown => {
  const reader = readers[info.replace(/^yaml /, '')];
  if (!reader) throw new Error(`A YAML block needs a mark that says what it is: ${info}`);
  return reader(parse(content));
};
