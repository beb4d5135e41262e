/** A Mustache tag as it stands in a text: `{{#courses}}` has the sign `#`. `.` is the current item of a list. */
export type Tag = { readonly sign: string; readonly name: string; readonly at: number };

const tag = /\{\{([{&#^/!>=]?)\s*([^{}]*?)\s*=?\}?\}\}/g;

export const tagsIn = (text: string): readonly Tag[] =>
  [...text.matchAll(tag)].map(({ 1: sign = '', 2: name = '', index }) => ({ sign, name, at: index }));

/** What is left of a text without its tags. */
export const withoutTags = (text: string): string => text.replace(tag, '');
