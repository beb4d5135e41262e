import { describe, expect, it } from 'vitest';
import { quarantinedAbout } from '../../../functions/admin/quarantined-about.ts';
import { bareAddress } from '../../../shared/mailing/feedback/address-notes.ts';
import { inQuarantine } from '../../support/office.ts';

const about = async (address: string, ...bodies: string[]): Promise<string[]> => {
  const list = async () => ({ items: bodies.map((body, i) => inQuarantine(body, i)) });
  const found: string[] = [];
  for await (const page of quarantinedAbout({ list }, { member: 'm-1', addresses: [bareAddress(address)] })) {
    found.push(...page.about.map(({ body }) => body));
  }
  return found;
};

describe('what lies in quarantine and holds an address', () => {
  const ways = [
    '{"member":{"id":"x","email":"Meri@Järjestö.fi"},"odd":1}',
    '{"member":{"id":"x","email":"meri@j\\u00e4rjest\\u00f6.fi"}}',
    '{"mail":{"destination":["meri@xn--jrjest-bua3m.fi"]}}',
    'broken: meri@järjestö.fi',
  ];
  const others = ['{"email":"anna-meri@järjestö.fi"}', '{"email":"meri@järjestö.fi.example.org"}', '@', 'meri'];

  it.each(['meri@järjestö.fi', 'meri@xn--jrjest-bua3m.fi'])(
    'is found by %s, however it is written there',
    async (one) => expect(await about(one, ...ways, ...others)).toEqual(ways),
  );

  it('is looked for in no longer than it takes to read it', async () => {
    const long = 'x'.repeat(200_000);
    const start = process.cpuUsage();
    expect(await about('meri@järjestö.fi', long, `${'@'.repeat(200_000)}ä`, `${long}@${long}ä`)).toEqual([]);
    expect(process.cpuUsage(start).user).toBeLessThan(3_000_000);
  });
});
