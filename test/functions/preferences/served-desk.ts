import { listen } from '../../../infra/local/loopback.ts';
import { desk, PREFERENCES, UNSUBSCRIBE } from './desk.ts';

const paths = { unsubscribe: UNSUBSCRIBE, preferences: PREFERENCES } as const;

/** The pages on a port of this machine, for a browser. */
export const servedDesk = async (...of: Parameters<typeof desk>) => {
  const it = desk(...of);
  const server = await listen(0, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const [, , name, token = ''] = url.pathname.split('/');
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const answer = await it.ask({
      method: request.method ?? 'GET',
      path: name === 'unsubscribe' ? paths.unsubscribe : paths.preferences,
      params: { token },
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(
        Object.entries(request.headers).flatMap(([header, value]) =>
          typeof value === 'string' ? [[header, value]] : [],
        ),
      ),
      body: Buffer.concat(chunks),
    });
    for (const [header, value] of Object.entries(answer.headers)) response.setHeader(header, String(value));
    response.writeHead(answer.status).end(answer.text);
  });
  return {
    ...it,
    close: server.close,
    at: (page: keyof typeof paths, token: string, lang?: string) =>
      `${server.address}/v1/${page}/${token}${lang ? `?lang=${lang}` : ''}`,
  };
};
