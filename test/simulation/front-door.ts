import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { signed } from '../../shared/webhooks/standard-webhooks.ts';
import { SECRET } from './staff.ts';

/** A request as API Gateway hands it over. */
export const request = (
  routeKey: string,
  {
    params = {},
    query = {},
    headers = {},
    body,
  }: {
    params?: Record<string, string>;
    query?: Record<string, string>;
    headers?: Record<string, string>;
    body?: string;
  },
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey,
  rawPath: '/',
  rawQueryString: '',
  headers,
  pathParameters: params,
  queryStringParameters: query,
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: false,
  requestContext: {
    accountId: '0',
    apiId: 'a',
    domainName: 'd',
    domainPrefix: 'd',
    http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    requestId: 'r',
    routeKey,
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
});

/** A batch of a source, signed by its clock (epoch ms). */
export const webhook = (
  source: string,
  items: readonly unknown[],
  now: number,
  secret = SECRET,
): APIGatewayProxyEventV2 => {
  const body = JSON.stringify(items);
  const letter = { id: 'msg', timestamp: Math.floor(now / 1000), body: Buffer.from(body) };
  const headers = { 'content-type': 'application/json', ...signed(letter, secret) };
  return request('POST /v1/webhooks/{source}', { params: { source }, headers, body });
};

export type ItemFate = 'accepted' | 'refused' | 'again';

/** What the answer says of each item. */
export const fates = (answer: APIGatewayProxyStructuredResultV2 | undefined, count: number): ItemFate[] => {
  const all = (fate: ItemFate): ItemFate[] => Array.from({ length: count }, () => fate);
  if (answer?.statusCode === 202) return all('accepted');
  const body = answer?.body === undefined ? {} : JSON.parse(answer.body);
  if (!Array.isArray(body.results)) return all('again');
  return all('again').map((fate, i) => {
    const result = body.results.find((one: { index: number }) => one.index === i);
    if (result?.status === 'accepted') return 'accepted';
    // By a clock that is behind, an event of just now is ahead: the source says it again later.
    return result?.problem?.status === 422 && !JSON.stringify(result.problem).includes('ahead') ? 'refused' : fate;
  });
};
