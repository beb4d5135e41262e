import type { Json } from '../../../shared/kernel/json.ts';
import type { CloudTemplate } from './cloud-template.ts';
import { isObject, text } from './json-shape.ts';
import { pseudoParameters } from './place.ts';

/** What `Ref` and `Fn::GetAtt` mean for the resources of a template. */
export type References = {
  readonly refer: (id: string) => Json;
  readonly attribute: (id: string, name: string) => Json;
};

const joined = (parts: Json | undefined, glue: Json | undefined): string =>
  (Array.isArray(parts) ? parts : []).map(text).join(text(glue ?? ''));

/** Carries out the intrinsic functions in a value. Throws on one that is not known here. */
export const resolving = (template: CloudTemplate, { refer, attribute }: References): ((value: Json) => Json) => {
  const ref = (id: string): Json => pseudoParameters[id] ?? template.Parameters[id]?.Default ?? refer(id);

  const substituted = (pattern: string, given: Json | undefined): string =>
    pattern.replace(/\$\{([^}!]+)\}/g, (_, key: string) => {
      if (isObject(given) && given[key] !== undefined) return text(given[key]);
      const [id = '', name] = key.split('.');
      return text(name === undefined ? ref(id) : attribute(id, name));
    });

  const functions: Readonly<Record<string, (argument: Json) => Json>> = {
    Ref: (id) => ref(text(id)),
    'Fn::GetAtt': (argument) => {
      const [id = '', name = ''] = Array.isArray(argument) ? argument.map(text) : text(argument).split('.');
      return attribute(id, name);
    },
    'Fn::Join': (argument) => (Array.isArray(argument) ? joined(argument[1], argument[0]) : ''),
    'Fn::Sub': (argument) =>
      Array.isArray(argument) ? substituted(text(argument[0] ?? ''), argument[1]) : substituted(text(argument), {}),
    'Fn::Select': (argument) => {
      const [index, list] = Array.isArray(argument) ? argument : [];
      return Array.isArray(list) ? (list[Number(index)] ?? null) : null;
    },
    'Fn::Split': (argument) => {
      const [glue, whole] = Array.isArray(argument) ? argument : [];
      return text(whole ?? '').split(text(glue ?? ''));
    },
  };

  const resolve = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, inner]): [string, Json] => [key, resolve(inner)]);
    const [only] = entries;
    if (entries.length !== 1 || !only || !(only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      return Object.fromEntries(entries);
    }
    const carryOut = functions[only[0]];
    if (!carryOut) throw new Error(`The local cloud does not know ${only[0]}`);
    return carryOut(only[1]);
  };

  return resolve;
};
