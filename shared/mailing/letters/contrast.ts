/** `#rgb`, `#rrggbb`, black and white; nothing else is reckoned with. */
const channels = (colour: string): readonly number[] | undefined => {
  const name = { white: '#ffffff', black: '#000000' }[colour] ?? colour;
  const [, short] = /^#([0-9a-f]{3})$/.exec(name) ?? [];
  const [, long] = /^#([0-9a-f]{6})$/.exec(short === undefined ? name : `#${short.replace(/./g, '$&$&')}`) ?? [];
  return long?.match(/../g)?.map((pair) => Number.parseInt(pair, 16) / 255);
};

/** Relative luminance: WCAG 2.2. */
const luminance = ([r = 0, g = 0, b = 0]: readonly number[]): number => {
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2); undefined where one of them is not understood. */
export const contrastOf = (ink: string, ground: string): number | undefined => {
  const [a, b] = [channels(ink.trim().toLowerCase()), channels(ground.trim().toLowerCase())];
  if (!a || !b) return undefined;
  const [light, dark] = [Math.max(luminance(a), luminance(b)), Math.min(luminance(a), luminance(b))];
  return (light + 0.05) / (dark + 0.05);
};
