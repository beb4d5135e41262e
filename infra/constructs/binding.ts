import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** The value of a setting together with what its reader may do there: naming a thing and granting it is one call. */
export type Binding = { readonly value: string; readonly allows: readonly PolicyStatement[] };

/** One for each setting of a function. A setting that is forgotten does not compile. */
export type Bindings<Settings> = { readonly [Name in keyof Settings]: string | Binding };

export const environmentOf = (settings: Readonly<Record<string, string | Binding>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, typeof setting === 'string' ? setting : setting.value]),
  );

export const statementsOf = (settings: Readonly<Record<string, string | Binding>>): readonly PolicyStatement[] =>
  Object.values(settings).flatMap((setting) => (typeof setting === 'string' ? [] : setting.allows));
