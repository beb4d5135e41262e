import * as z from 'zod';
import { MailSettings } from '../../shared/lambda/mail-settings.ts';

export const DeliverSettings = MailSettings.extend({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  /** The configuration set of mails whose reader may be followed; empty where nobody is. */
  TRACKING_CONFIGURATION_SET: z.string(),
  /** Where the links in mails lead. */
  PUBLIC_ADDRESS: z.url(),
});
export type DeliverSettings = z.infer<typeof DeliverSettings>;
