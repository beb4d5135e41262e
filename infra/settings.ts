import { readFileSync } from 'node:fs';
import * as z from 'zod';

const domain = z.hostname().regex(/\./, 'a domain of your own, for example union.example');

const timeZone = z
  .string()
  .refine(
    (zone) => /^[A-Za-z]/.test(zone) && isTimeZone(zone),
    'a time zone by its IANA name, for example Europe/Oslo',
  );

const Organisation = z.strictObject({
  name: z.string().min(1).max(100),
  timeZone,
  language: z.string().regex(/^[a-z]{2,3}$/, 'a language by its ISO 639 code in lower case, for example nb'),
});

const Mail = z
  .strictObject({
    sender: z.email(),
    domain,
    /** What Amazon lets the account send: recipients a second, and in 24 hours. */
    perSecond: z.number().positive().max(10_000).default(14),
    perDay: z.int().positive().default(50_000),
    /**
     * An address of the organisation's own under which SES follows opens and clicks of members who agreed to it; left out,
     * nobody is followed.
     */
    trackingDomain: domain.optional(),
  })
  .refine(({ sender, domain }) => sender.endsWith(`@${domain}`) || sender.endsWith(`.${domain}`), {
    path: ['sender'],
    error: 'must be an address of the sender domain',
  });

const StaffLogin = z.strictObject({
  issuer: z.url({ protocol: /^https$/ }),
  audience: z.array(z.string().min(1)).min(1),
});

/** What an organisation decides before it deploys: the context `polku` of cdk.json. */
const Settings = z.strictObject({
  organisation: Organisation,
  mail: Mail,
  /** Under which address of its own the organisation shows the front door; left out, it is the gateway's. */
  publicAddress: z
    .url({ protocol: /^https$/ })
    .regex(/^https:\/\/[^/?#]+$/, 'an address without a path, for example https://polku.union.example')
    .optional(),
  /** Who issues the tokens that staff and their tools show. */
  staffLogin: StaffLogin,
  alarms: z.strictObject({ email: z.email() }),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, for example eu-north-1')
    .default('eu-north-1'),
  stack: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'letters, digits and hyphens')
    .default('Polku'),
  /** Takes 50 of the account's concurrent executions for Polku alone; an account must have 100 left over. */
  reserveConcurrency: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

/**
 * The settings from the CDK context: an object, or the path of a JSON file with one (`-c polku=clients/north.json`).
 * Throws, naming every fault by its place.
 */
export const settingsFrom = (context: unknown): Settings => {
  if (context === undefined) throw new Error('Settings: cdk.json has no context "polku"');
  const read = Settings.safeParse(typeof context === 'string' ? fromFile(context) : context);
  if (!read.success) throw new Error(`Settings of Polku, see docs/deploying.md:\n${z.prettifyError(read.error)}`);
  return read.data;
};

const fromFile = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`Settings: cannot read ${path} as JSON`, { cause });
  }
};

const isTimeZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};
