import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/kernel/json.ts';

describe('canonical JSON', () => {
  it('names the keys of every object in order', () =>
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null, ä: 'x', B: undefined })).toBe(
      '{"a":null,"b":[{"c":2,"d":1}],"ä":"x"}',
    ));

  it('leaves out no key, whatever it is called', () =>
    expect(canonicalJson(JSON.parse('{"x":1,"__proto__":{"b":1,"a":2},"constructor":2}'))).toBe(
      '{"__proto__":{"a":2,"b":1},"constructor":2,"x":1}',
    ));
});
