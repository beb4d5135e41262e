import { readSettings } from '../../shared/lambda/settings.ts';
import { DigestSettings } from './settings.ts';

readSettings(DigestSettings);

/** Knows nobody at risk yet, and there is no mail when there is nothing. */
export const handler = async (): Promise<void> => {};
