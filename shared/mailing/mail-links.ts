import type { Purpose } from '../../events/purpose.ts';

/** What a mail to a member links to. Nobody can read from these who the member is; they work for years. */
export type MailLinks = {
  /** Where the member says what they want to get. */
  readonly preferences: string;
  /**
   * Where one click ends the mails of this purpose: for the headers (RFC 2369, RFC 8058) and the foot of the mail. Missing in service mails,
   * which nobody can unsubscribe from.
   */
  readonly unsubscribe?: string;
};

/** The links for a mail to a member, sent for a purpose. */
export type LinksFor = (member: string, purpose: Purpose) => Promise<MailLinks>;

/** The paths below the public address. */
export const LINK_PATHS = { preferences: '/v1/preferences', unsubscribe: '/v1/unsubscribe' } as const;

/**
 * Links below an address, for example `https://polku.union.example`.
 * @param seal turns a reference into a text fit for a path, that we alone can read
 */
export const linksBelow =
  (address: string, seal: (reference: { member: string; purpose: Purpose }) => Promise<string>): LinksFor =>
  async (member, purpose) => {
    const token = await seal({ member, purpose });
    const to = (path: string) => `${address.replace(/\/$/, '')}${path}/${token}`;
    return {
      preferences: to(LINK_PATHS.preferences),
      ...(purpose === 'service' ? {} : { unsubscribe: to(LINK_PATHS.unsubscribe) }),
    };
  };
