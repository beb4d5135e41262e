import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MemberFile } from '../../shared/simulate/member-file.ts';
import { codeBlocks, readText } from '../support/guide.ts';

const blocks = codeBlocks(readText('docs/previewing.md'));

describe('the guide to previewing', () => {
  it('shows a member that can be walked through a model', () => {
    const members = blocks
      .filter(({ info }) => info === 'yaml member')
      .map(({ content }) => MemberFile.parse(parse(content)));
    expect(members).toHaveLength(1);
    expect(members[0]?.events.map(({ type }) => type)).toEqual(['member.joined', 'event.attended', 'site.visited']);
  });

  it('names files that are there', () => {
    const commands = blocks.filter(({ info }) => info === 'sh').map(({ content }) => content);
    for (const [file] of commands.join('\n').matchAll(/samples\/[\w/-]+\.yaml/g))
      expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).not.toBe('');
  });
});
