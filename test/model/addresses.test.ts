import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../shared/model/addresses.ts';

describe('addresses in a model', () => {
  it('are found wherever they stand', () =>
    expect(
      addressesIn({
        title: 'Ask kari@union.no',
        messages: [{ templates: { nb: { body: '<a href="mailto:a.b@c.fi">' } } }],
      }),
    ).toEqual(['/title', '/messages/0/templates/nb/body']));

  it.each(['aino@example.org', 'a@post.example.com', 'x@nowhere.example', 'x@y.test', 'x@y.invalid'])(
    'are nobody’s in samples: %s',
    (address) => expect(addressesIn({ title: `Ask ${address}.` })).toEqual([]),
  );

  it('are somebody’s beside such', () => expect(addressesIn(['a@example.org, b@example.org.no'])).toEqual(['/0']));

  it('are not everything with an at sign', () => expect(addressesIn({ title: 'Meet @ noon, 3@5' })).toEqual([]));
});
