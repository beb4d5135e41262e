import { describe, expect, it } from 'vitest';
import { templateFaults } from '../../shared/mailing/template-faults.ts';
import { tradeUnion } from '../support/mail-samples.ts';

const sound = { subject: 'Hello {{firstName}}', html: '<p>Hello {{firstName}}</p>', text: 'Hello {{firstName}}' };
const paths = (parts: object) => templateFaults({ ...sound, ...parts }).map(({ path }) => path.join('.'));
const inHtml = (html: string) => templateFaults({ ...sound, html }).map(({ message }) => message);

describe('a template without faults', () => {
  it.each([
    sound.html,
    '<p>{{#firstName}}Hello {{firstName}}{{/firstName}}{{^firstName}}Hello{{/firstName}}</p>',
    '<p>{{! a remark }}</p>',
    '<a href="https://example.org/join?from=mail">Join</a> <a href="mailto:us@example.org">Write</a>',
    '<a href = "https://example.org">x</a><!-- no field -->',
    '<p style="color: #333">Hello</p><ul><li>One</li></ul>',
  ])('is %j', (html) => expect(inHtml(html)).toEqual([]));

  it('is every one of the sample organisation', () => {
    const templates = tradeUnion.model.messages.flatMap((message) => Object.values(message.templates));
    expect(templates.length).toBeGreaterThan(10);
    expect(templates.flatMap(templateFaults)).toEqual([]);
  });
});

describe('a template with faults', () => {
  it('has them named by their place', () => {
    expect(paths({ subject: '{{nickname}}' })).toEqual(['subject']);
    expect(paths({ html: '{{nickname}}', text: '{{secret}}' })).toEqual(['html', 'text']);
  });

  it.each([
    ['{{nickname}}', 'there is no field "nickname"'],
    ['{{#friends}}x{{/friends}}', 'there is no field "friends"'],
    ['{{^friends}}{{nickname}}{{/friends}}', 'there is no field "nickname"'],
    ['{{.}}', 'there is no field "."'],
    ['{{firstName.length}}', 'there is no field "firstName.length"'],
    ['{{constructor}}', 'there is no field "constructor"'],
    ['{{{firstName}}}', 'unescaped'],
    ['{{& firstName}}', 'unescaped'],
    ['{{#firstName}}{{{lastName}}}{{/firstName}}', 'unescaped'],
    ['{{> footer}}', 'cannot be included'],
    ['{{=<% %>=}}<% firstName %>', 'delimiters'],
    ['{{#firstName}}never closed', 'Unclosed section "firstName"'],
    ['{{firstName', 'Unclosed tag'],
    ['closed {{/firstName}}', 'Unopened section "firstName"'],
    ['<a href="https://example.org/{{memberId}}">x</a>', 'not inside a tag'],
    ['<p title={{firstName}}>x</p>', 'not inside a tag'],
    ['<{{firstName}}>', 'not inside a tag'],
    ['<!-- {{firstName}} -->', 'not inside a tag'],
    ["<a href='https://example.org/>{{memberId}}'>x</a>", 'not inside a tag'],
    ['<p title=">{{firstName}}', 'not inside a tag'],
    ['<p title={{firstName}}', 'not inside a tag'],
    ['<!-- > {{firstName}}', 'not inside a tag'],
    ['<p/onclick=x()>x</p>', 'onclick'],
    ['<a title="x"href="javascript:x()">x</a>', 'https:// or mailto:'],
    ['<a href = " javascript:x()">x</a>', 'https:// or mailto:'],
    ['<script>x</script>', '<script>'],
    ['<STYLE>*{}</STYLE>', '<STYLE>'],
    ['<form action="https://example.org"><input></form>', '<form>'],
    ['<img src="https://example.org/pixel.gif">', 'src'],
    ['<p onclick="x()">x</p>', 'onclick'],
    ['<a href="javascript:x()">x</a>', 'https:// or mailto:'],
    ['<a href="http://example.org">x</a>', 'https:// or mailto:'],
    ['<a href=//example.org>x</a>', 'https:// or mailto:'],
  ])('%j is refused', (html, why) => expect(inHtml(html).join('\n')).toContain(why));

  it.each(['one\ntwo', 'one\u2028two', 'one\rtwo'])('the subject %j is refused', (subject) =>
    expect(templateFaults({ ...sound, subject }).map(({ message }) => message)).toContain('must be one line'),
  );
});

describe('the longest template there may be', () => {
  it.each(['<', '<a ', '<a href=', '"', '{{', '<!--', "<'"])('of nothing but %j is judged at once', (part) => {
    const html = part.repeat(50_000 / part.length);
    const begun = performance.now();
    templateFaults({ ...sound, html });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
