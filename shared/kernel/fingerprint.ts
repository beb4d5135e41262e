/**
 * A stable number of 53 bits for a text, over its UTF-16 units: different texts have different ones for all practical
 * purposes. Not against somebody who seeks two that are alike.
 * Source: cyrb53 by bryc, public domain, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export const fingerprint = (text: string): number => {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & two) + (one >>> 0);
};
