import { ExplanationForMember, ExplanationQuery, MemberExplanation } from '../../../shared/api/explanation.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';
import { showExplanation, showForMember } from './explanation-pages.ts';
import { paper } from './paper.ts';

type Options = {
  readonly lang?: string;
  readonly at?: string;
  readonly model?: string;
  readonly forMember?: boolean;
};

/** What an option asks for, as the API takes it. Throws Trouble where it would not. */
const queryOf = ({ lang, at, model, forMember = false }: Options): Record<string, string> => {
  const { shape } = ExplanationQuery;
  if (!shape.language.safeParse(lang).success) throw new Trouble('--lang takes a language code, for example fi.');
  if (!shape.at.safeParse(at).success) {
    throw new Trouble('--at takes a date such as 2026-03-01, or an instant such as 2026-03-01T08:00:00Z.');
  }
  if (!shape.model.safeParse(model).success) throw new Trouble('--model takes the number of a version, for example 3.');
  return {
    ...(lang ? { language: lang } : {}),
    ...(at ? { at } : {}),
    ...(model ? { model } : {}),
    ...(forMember ? { audience: 'member' } : {}),
  };
};

const explain = async (desk: Desk, id: string, options: Options): Promise<void> => {
  const { api, json, print, world, memberPath } = desk;
  const path = memberPath(id, '/explanation', queryOf(options));
  const found = await api().ask(options.forMember ? ExplanationForMember : MemberExplanation, path);
  if (json) return print(found);
  // Dates and numbers in the language of the words beside them.
  const page = paper({ ...world, locale: found.language === 'en' ? 'en-GB' : found.language });
  return 'audience' in found ? showForMember(page, found) : showExplanation(page, found);
};

export const explainCommand: Adds = (program, desk) => {
  program
    .command('explain <id>')
    .description('where every point of a member comes from, and what would lead to another stage')
    .option('--lang <code>', 'the language of all of it: nb, sv, fi or en')
    .option('--at <when>', 'as of a date (its end) or an instant, under the model of that time; of the future too')
    .option('--model <version>', 'under this version of the model instead')
    .option('--for-member', 'only what the member may be shown')
    .action((id: string, options: Options) => explain(desk(), id, options));
};
