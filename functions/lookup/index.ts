import { httpHandler } from '../../shared/lambda/http-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { routes } from './handler.ts';

export const handler = httpHandler(routes, { log: createLog('lookup') });
