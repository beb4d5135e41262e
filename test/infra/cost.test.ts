import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { costTable, previewCost } from '../../infra/cost.ts';
import { resources } from '../support/template.ts';

const guide = readFileSync(new URL('../../docs/deploying.md', import.meta.url), 'utf8');

it('costs what the guide says', () => expect(guide).toContain(costTable([10_000, 1_000_000])));

it('counts the alarms that there are', () => {
  const alarms = resources('AWS::CloudWatch::Alarm', z.unknown()).length;
  expect(costTable([1])).toContain(`| Alarms | alarms | 0.1 | ${alarms}.00 |`);
});

it('costs next to nothing while nothing happens', () => {
  const sum = Number(/\*\*Together\*\*[ |]*\*\*(?<sum>[\d.]+)/.exec(costTable([0]))?.groups?.sum);
  expect(sum).toBeLessThan(16);
});

it('says what a preview costs', () => {
  for (const members of [10_000, 1_000_000])
    expect(guide.replaceAll('\n', ' ')).toContain(
      `about ${previewCost(members).toFixed(2)} dollars for ${members.toLocaleString('en')} members`,
    );
});
