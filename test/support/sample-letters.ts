import { compileLetters } from '../../shared/mailing/letters/compile-letters.ts';
import { memberMail } from '../../shared/mailing/member-mail.ts';
import type { Rendered } from '../../shared/mailing/render.ts';
import { modelOf } from './sample.ts';

export type SampleLetter = { readonly name: string; readonly language: string; readonly letter: Rendered };

/** Nobody in them is real; the name is as long as names get. */
const profile = {
  attributes: { firstName: 'Knut-Olav Maximilian', lastName: 'Bjørnstad-Henriksen' },
  consents: {},
  joinedAt: Date.parse('2020-03-01T12:00:00Z'),
};
const links = { preferences: 'https://polku.example.org/v1/preferences/Zm9yLXNob3c' };
const waysOut = { ...links, unsubscribe: 'https://polku.example.org/v1/unsubscribe/Zm9yLXNob3c' };

/** Every letter to members of a sample, in every language that it has. */
export const sampleLetters = async (sample: string): Promise<readonly SampleLetter[]> => {
  const model = modelOf(sample);
  const compiled = await compileLetters(model);
  const sources = {
    member: '100482',
    profile,
    organisation: 'Pohjoinen Liitto – Nordisk Fagforening',
    owner: { id: 'kaisa', name: 'Kaisa Lehtonen', email: 'kaisa@example.org', language: 'fi' },
    zone: 'Europe/Helsinki',
    letterhead: model.letterhead,
  };
  return model.messages.flatMap(({ id, purpose, templates }) =>
    Object.keys(templates).map((language) => ({
      name: `${sample}-${id}-${language}`,
      language,
      letter: memberMail(
        compiled.messages[id],
        { ...sources, links: purpose === 'service' ? links : waysOut },
        language,
        language,
      ),
    })),
  );
};
