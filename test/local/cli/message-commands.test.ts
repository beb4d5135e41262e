import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { document } from '../../support/given.ts';
import { NOW, problem, terminal } from './terminal.ts';

const letter = { message: 'hello', language: 'fi', subject: 'Hei', html: '<p>Hei</p>', text: 'Hei\n\nTerveisin' };
const asked = 'GET /v1/messages/hello/preview?member=m-42&language=fi';
const elsewhere = { POLKU_API: 'https://polku.example.org', POLKU_TOKEN: 'token' };

describe('message preview', () => {
  it('puts the letter into the mailbox of this machine', async () => {
    const { type, asked: requests } = terminal({
      [asked]: [200, letter],
      'POST /previews': [201, { id: 'preview-1' }],
    });
    expect(await type('message', 'preview', 'hello', '--member', 'm-42', '--lang', 'fi')).toMatchObject({
      code: 0,
      out: 'http://127.0.0.1:4401/mail/preview-1 shows it, in fi. Nothing was sent.\n',
    });
    const { message: _, language: __, ...shown } = letter;
    expect(JSON.parse(requests.at(-1)?.body ?? '')).toEqual({ ...shown, to: 'm-42', at: Date.parse(NOW) });
  });

  it('prints it where Polku is elsewhere, or writes it to a file', async () => {
    const { type, written } = terminal({ [asked]: [200, letter] }, { env: elsewhere });
    const command = ['message', 'preview', 'hello', '--member', 'm-42', '--lang', 'fi'];
    expect((await type(...command)).out).toContain('Hei\n\nTerveisin\n');
    expect((await type(...command, '--html', 'letter.html')).out).toContain('Written to letter.html');
    expect(written).toEqual({ 'letter.html': letter.html });
    const again = await type(...command, '--html', 'letter.html');
    expect([again.code, again.err]).toEqual([1, 'There is such a file already: letter.html.\n']);
    expect(JSON.parse((await type('--json', ...command)).out)).toEqual(letter);
  });

  it('says where there is no such letter', async () => {
    const { type } = terminal({ [asked]: problem(404, 'The model in force has no such message: it has hello') });
    const { code, err } = await type('message', 'preview', 'hello', '--member', 'm-42', '--lang', 'fi');
    expect([code, err]).toEqual([1, 'The model in force has no such message: it has hello.\n']);
  });
});

describe('message lint', () => {
  const [message] = document.messages;
  const shouting = { subject: 'BUY NOW FOR NOTHING', body: '<mj-text color="#eeeeee">Hello</mj-text>' };
  const model = { ...document, messages: [{ ...message, templates: { en: shouting } }] };

  it('names what looks amiss in the letters of a file, and where', async () => {
    const { type } = terminal({}, { running: false, files: { 'model.yaml': stringify(model) } });
    const { code, out, err } = await type('message', 'lint', 'model.yaml');
    expect([code, out]).toEqual([0, 'model.yaml is valid; 3 things to look at.\n']);
    expect(err).toMatch(/^model\.yaml:\d+:\d+ {2}\/messages\/0\/templates\/en\/subject {2}warning: is in capitals$/m);
    expect(err).toContain('has no preheader');
    expect(err).toContain('hard to read');
  });

  it('looks at the model in force without a file', async () => {
    const current = { version: 3, publishedAt: NOW, model: document };
    const { type } = terminal({ 'GET /v1/models/current': [200, current] });
    expect((await type('message', 'lint')).out).toBe(
      'the model in force is valid, and nothing in its letters looks amiss.\n',
    );
  });

  it('names faults first', async () => {
    const faulty = {
      ...document,
      messages: [{ ...message, templates: { en: { subject: '{{nickname}}', body: 'x' } } }],
    };
    const { type } = terminal({}, { running: false, files: { 'model.yaml': stringify(faulty) } });
    const { code, err } = await type('message', 'lint', 'model.yaml');
    expect(code).toBe(1);
    expect(err).toContain('there is no field "nickname"');
  });
});
