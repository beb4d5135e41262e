/** A place in a list as an opaque text for an address, and back. */
export const cursorOf = (place: string): string => Buffer.from(place).toString('base64url');
export const placeOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
