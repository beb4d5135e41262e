import * as z from 'zod';
import { MailSettings } from '../../shared/lambda/mail-settings.ts';

export const DeliverSettings = MailSettings.extend({ MEMBERS_TABLE: z.string(), CONFIG_TABLE: z.string() });
export type DeliverSettings = z.infer<typeof DeliverSettings>;
