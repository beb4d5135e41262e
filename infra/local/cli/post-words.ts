/** Why a message would not have gone out, said of those who would have got it. */
const notSent: Readonly<Record<string, string>> = {
  'no-consent': 'had not agreed to it',
  'opted-out': 'had said no',
  paused: 'had asked for a pause',
  'no-address': 'had no address',
  complained: 'had called a mail spam',
  bounced: 'had an address that bounces',
  'bounces-softly': 'had an address that bounces again and again',
  'marketing-stopped': 'while marketing stands still',
  'moved-on': 'had moved on by then',
  stale: 'too late to be news',
  'held-out': 'held out, to see what it does',
  'not-meant': 'not meant for them any more',
  'sent-before': 'had got it before',
  'stale-quiet-hours': 'too late to be news after the quiet hours',
  'stale-outranked': 'too late to be news after another message',
  'stale-just-written': 'too late to be news so soon after another message',
  'stale-capped': 'had got too many others',
};

/** Why a message would have waited. */
const later: Readonly<Record<string, string>> = {
  'quiet-hours': 'after the quiet hours',
  outranked: 'after another message',
  'just-written': 'some time after another message',
  capped: 'when fewer others had gone',
};

export const whyNotSent = (code: string): string => notSent[code] ?? code;
export const whyLater = (code: string): string => later[code] ?? code;
