import { describe, expect, it } from 'vitest';
import { partFaults, templateFaults } from '../../../shared/mailing/letters/letter-faults.ts';
import { tradeUnion } from '../../support/mail-samples.ts';

const sound = { subject: 'Hello {{firstName}}', preheader: 'From {{ownerName}}', body: '<mj-text>Hello</mj-text>' };
const paths = (parts: object) => templateFaults({ ...sound, ...parts }).map(({ path }) => path.join('.'));
const inBody = (body: string) => templateFaults({ ...sound, body }).map(({ message }) => message);
const inText = (html: string) => inBody(`<mj-text>${html}</mj-text>`);

describe('a template without faults', () => {
  it.each([
    '<p>Hello {{firstName}}</p>',
    '<p>{{#firstName}}Hello {{firstName}}{{/firstName}}{{^firstName}}Hello{{/firstName}}</p>',
    '<p>{{! a remark }}</p>',
    '<a href="https://example.org/join?from=mail">Join</a> <a href="mailto:us@example.org">Write</a>',
    '<a href = "https://example.org">x</a><!-- no field -->',
    '<p style="color: #333">Hello</p><ul><li>One</li></ul>',
  ])('is %j', (html) => expect(inText(html)).toEqual([]));

  it('is every one of the sample organisation', () => {
    const templates = tradeUnion.model.messages.flatMap((message) => Object.values(message.templates));
    expect(templates.length).toBeGreaterThan(10);
    expect(templates.flatMap((template) => templateFaults(template))).toEqual([]);
  });
});

describe('a template with faults', () => {
  it('has them named by their place', () => {
    expect(paths({ subject: '{{nickname}}' })).toEqual(['subject']);
    expect(paths({ preheader: '{{nickname}}', body: '<mj-text>{{secret}}</mj-text>' })).toEqual(['preheader', 'body']);
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
    ['{{#firstName}}never closed', 'the section "firstName" does not end'],
    ['{{firstName', 'a tag is not closed'],
    ['{{first<b>Name}}</b>', 'a tag is not closed'],
    ['closed {{/firstName}}', 'the section "firstName" ends where it did not begin'],
    ['{{#firstName}}<p>{{/firstName}}</p>', 'within the element'],
    ['<b>{{#firstName}}</b>{{/firstName}}', 'within the element'],
    ['{{#firstName}}{{.}}{{/firstName}}', 'there is no field "."'],
    ['<a href="https://example.org/{{memberId}}">x</a>', 'only as the whole of it'],
    ['<a href="{{firstName}}">x</a>', 'only as the whole of it'],
    ['<a href="{{{unsubscribeUrl}}}">x</a>', 'only as the whole of it'],
    ['<p style="color:{{firstName}}">x</p>', 'not in style'],
    ['<p title="{{nickname}}">x</p>', 'there is no field "nickname"'],
    ['<p title="&#123;&#123;nickname}}">x</p>', 'there is no field "nickname"'],
    ['<p/onclick=x()>x</p>', 'onclick'],
    ['<a title="x"href="javascript:x()">x</a>', 'https:// or mailto:'],
    ['<a href = " javascript:x()">x</a>', 'https:// or mailto:'],
    ['<a href="java&#115;cript:x()">x</a>', 'https:// or mailto:'],
    ['<script>x</script>', '<script>'],
    ['<STYLE>*{}</STYLE>', '<style>'],
    ['<form action="https://example.org"><input></form>', '<form>'],
    ['<img src="https://example.org/pixel.gif">', '<img>'],
    ['<svg onload=x()></svg>', '<svg>'],
    ['<p onclick="x()">x</p>', 'onclick'],
    ['<a href="http://example.org">x</a>', 'https:// or mailto:'],
    ['<a href=//example.org>x</a>', 'https:// or mailto:'],
    ['<p style="background:url(https://example.org/x.gif)">x</p>', 'loads or runs'],
    ['<p style="display:none">x</p>', 'hide'],
    ['<mj-image src="https://example.org/x.gif"></mj-image>', 'may not stand in <mj-text>'],
    ['<b>x', '<b> is never closed'],
  ])('%j is refused', (html, why) => expect(inText(html).join('\n')).toContain(why));

  it.each(['one\ntwo', 'one\u2028two', 'one\rtwo'])('the subject %j is refused', (subject) =>
    expect(templateFaults({ ...sound, subject }).map(({ message }) => message)).toContain('must be one line'),
  );
});

describe('the body of a letter', () => {
  it.each([
    '<mj-text>Hello</mj-text><mj-button href="{{preferencesUrl}}">Choose</mj-button>',
    '<mj-section><mj-column><mj-text>A</mj-text></mj-column><mj-column><mj-text>B</mj-text></mj-column></mj-section>',
    '<mj-wrapper><mj-section><mj-group><mj-column><mj-divider/></mj-column></mj-group></mj-section></mj-wrapper>',
    '<mj-image src="https://example.org/logo.png" alt="{{organisation}}" width="120px" />',
    '{{#firstName}}<mj-text>For {{firstName}}</mj-text>{{/firstName}}',
    '<mj-table><tr><th>One</th><td>Two</td></tr></mj-table>',
    '<mj-text css-class="muted">Small print</mj-text>',
  ])('may be %j', (body) => expect(inBody(body)).toEqual([]));

  it.each([
    ['<p>Hello</p>', '<p> may not stand by itself'],
    ['Hello', 'a text must stand in <mj-text>'],
    ['{{firstName}}', 'a text must stand in <mj-text>'],
    ['<mj-section><mj-text>x</mj-text></mj-section>', '<mj-text> may not stand in <mj-section>'],
    ['<mj-section><mj-column></mj-column></mj-section><mj-text>x</mj-text>', 'every element into a section'],
    ['<mj-include path="/etc/passwd"/>', '<mj-include>'],
    ['<mj-raw><script>x</script></mj-raw>', '<mj-raw>'],
    ['<mj-style>*{}</mj-style>', '<mj-style>'],
    ['<mj-head></mj-head>', '<mj-head>'],
    ['<mj-text css-class="page">x</mj-text>', 'there is no class "page"'],
    ['<mj-image src="http://example.org/x.png" alt=""/>', 'a picture must come from https://'],
    ['<mj-image src="{{firstName}}" alt=""/>', 'not in src'],
    ['<mj-section background-url="https://example.org/x.png"></mj-section>', 'background-url'],
    ['<mj-text>x', '<mj-text> is never closed'],
    ['{{> people}}', 'cannot be included'],
    ['', 'has no MJML element'],
  ])('may not be %j', (body, why) => expect(inBody(body).join('\n')).toContain(why));

  it("names an organisation's own fields, lists among them, where it has them", () => {
    const fields = {
      courses: { attribute: 'courses', as: 'list' },
      renewsOn: { attribute: 'renews', as: 'date' },
      renewal: { attribute: 'link', as: 'link' },
    } as const;
    const body = `<mj-text>{{renewsOn}}<ul>{{#courses}}<li>{{.}}</li>{{/courses}}</ul></mj-text>
      <mj-button href="{{renewal}}">Renew</mj-button>`;
    expect(templateFaults({ ...sound, body }, 'message', { fields })).toEqual([]);
    expect(templateFaults({ ...sound, body })).not.toEqual([]);
  });

  it('says in mails to owners where the members are listed, and never names one in the subject', () => {
    const digest = { subject: '{{heading}}', body: '<mj-text>{{date}}</mj-text><mj-text>{{> people}}</mj-text>' };
    expect(templateFaults(digest, 'digest')).toEqual([]);
    expect(templateFaults({ ...digest, body: '<mj-text>Hi</mj-text>' }, 'digest')).toHaveLength(1);
    expect(templateFaults({ ...digest, subject: '{{firstName}}' }, 'digest')).toHaveLength(1);
    expect(templateFaults({ ...digest, subject: '{{> people}}' }, 'digest')).toHaveLength(1);
    expect(templateFaults({ subject: '{{stage}}', body: '<mj-text>{{> person}}</mj-text>' }, 'alert')).toEqual([]);
  });

  it('of a header or footer names what every mail has', () => {
    expect(partFaults('<mj-text>{{organisation}} <a href="{{unsubscribeUrl}}">x</a></mj-text>')).toEqual([]);
    expect(partFaults('<mj-text>{{firstName}}</mj-text>')).toHaveLength(1);
  });
});

describe('the longest template there may be', () => {
  it.each(['<', '<a ', '<a href=', '"', '{{', '<!--', "<'"])('of nothing but %j is judged at once', (part) => {
    const body = part.repeat(50_000 / part.length);
    const begun = performance.now();
    templateFaults({ ...sound, body });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
