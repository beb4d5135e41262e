/**
 * A stable number from 0 to `shards` − 1 for a text: FNV-1a, 32 bits, over its UTF-16 units.
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/
 */
export const shardOf = (text: string, shards: number): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
};
