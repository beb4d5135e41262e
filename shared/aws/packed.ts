import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What most snapshots hold, the most frequent last: what is to be packed is written as references to it where it repeats
 * it. Rows are read with the very text that they were written with, so it never changes; a better one gets the next
 * number, and this one stays.
 */
const WHAT_IS_COMMON =
  '{"announced":{"lead":{"sequence":2,"stage":null},"volunteer":{"sequence":1,"stage":"helping"},"member":{"byModel":2,"sequence":1,"stage":"active","stays":["' +
  '"outbox":[{"decidedAt":18,"from":"active","id":"member#2#move","journey":"member","kind":"move","member":"m-","model":1,"sequence":2,"since":18,"stage":"at-risk"},' +
  '{"again":"never","decidedAt":18,"id":"member#2#message","journey":"member","kind":"message","member":"m-","message":"we-miss-you","model":1,"on":"entry","sequence":2,"since":18,"stage":"welcome"},' +
  '{"decidedAt":18,"id":"member#2#alert","journey":"member","kind":"alert","member":"m-","model":1,"sequence":2,"since":18,"stage":"quiet"}],' +
  '"standing":{"activeAt":18,"asOf":18,"counted":{"joined":[17],"event":[18,17],"payment-failed":[18],"survey":[{"at":18,"points":1,"times":1}],"course":[{"at":18,"value":"\\"' +
  '"history":{},"last":{"id":"evt-","source":"crm","time":18},"left":{"member#active":18},"profile":{"attributes":{"branch":"","firstName":"","language":"nb","lastName":"","owner":"","postalCode":"","region":"","renewalDate":"202","status":"member","tags":["' +
  '"consents":{"fundraising":{"at":17,"given":false,"source":"polku"},"marketing":{"at":17,"given":true,"source":"crm","wording":"202"},"membership":{"at":17,"given":true,"source":"crm"},"service":{"at":17,"given":true,"source":"crm"}},' +
  '"email":"@example.org","joinedAt":17,"leftAt":18,"preferences":{"at":18,"language":"fi","pausedUntil":18}},' +
  '"scores":{"readiness":{"fading":{"ended":{"at":17,"value":0}}},"interest":{"dated":{"expiry 365 days":[[20,1],[20,"fading":{"none":{"at":18,"value":1' +
  '"engagement":{"fading":{"half-life 30 days":{"at":18,"value":2.5}}},"belonging":{"fading":{"half-life 60 days":{"at":18,"value":1.5}}}},' +
  '"stages":{"volunteer":{"since":18,"stage":"helping"},"member":{"since":18,"stage":"active"}}}}';

/** Which text a row was packed with stands in its first byte. */
const NUMBER = 1;
const dictionary = Buffer.from(WHAT_IS_COMMON);

/** A short text about a member in a third to a half of its bytes: a write costs by the kilobyte. */
export const packed = (text: string): Uint8Array =>
  Buffer.concat([Uint8Array.of(NUMBER), deflateRawSync(text, { dictionary, level: 9 })]);

/** Throws on what was not packed so. */
export const unpacked = (bytes: Uint8Array): string => {
  if (bytes[0] !== NUMBER) throw new Error('A row was packed in a way that this code does not know');
  return inflateRawSync(bytes.subarray(1), { dictionary }).toString('utf8');
};
