import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mailKind } from '../../../infra/local/demo/mail-kind.ts';
import { render } from '../../../shared/mailing/render.ts';
import { staffWords } from '../../../shared/mailing/staff-words.ts';
import { Model } from '../../../shared/scoring/model.ts';

const file = new URL('../../../samples/trade-union/model.yaml', import.meta.url);
const model = Model.parse(parse(readFileSync(file, 'utf8')));
const kindOf = mailKind(model);
const fields = {
  firstName: 'Kari',
  lastName: '',
  memberId: '',
  memberSince: '',
  organisation: 'The union',
  ownerName: '',
};

describe('the kind of a mail', () => {
  it.each(model.messages)('is known for $id in every language', ({ id, templates }) => {
    for (const template of Object.values(templates)) {
      for (const firstName of ['Kari', '']) {
        const { subject } = render({ ...template, html: '', text: '' }, { ...fields, firstName });
        expect(kindOf(subject)).toBe(`message "${id}" to a member`);
      }
    }
  });

  it.each(Object.values(staffWords))('is known for what staff get', ({ alert, digest }) => {
    expect(kindOf(`Slipping away: ${alert.heading}`)).toBe('alert to an owner');
    expect(kindOf(digest.subject.other.replace('{n}', '12'))).toBe('digest to an owner');
  });

  it('is "other" for a letter from nowhere', () => expect(kindOf('Re: your invoice')).toBe('other'));
});
