import type { Route } from '../../shared/lambda/http-handler.ts';

export const routes: Readonly<Record<string, Route>> = {};
