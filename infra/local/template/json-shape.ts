import type { Json } from '../../../shared/kernel/json.ts';

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
