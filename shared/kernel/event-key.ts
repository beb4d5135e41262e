/** The natural key of an event within its member, as one text. Injective: the name of a source holds no `#`. */
export const eventKey = (source: string, id: string): string => `${source}#${id}`;
