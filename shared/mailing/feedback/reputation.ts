/** What happened in a time with the mails of the organisation. */
export type MailRates = { readonly sent: number; readonly bounced: number; readonly complained: number };

/** The rates at which Amazon reviews a sender. Source: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardbounces.html */
const LIMITS = { bounces: 0.05, complaints: 0.001 } as const;

/** Rates of fewer mails than these say little: the rest are taken for mails without a fault. */
const REPRESENTATIVE = 1_000;

export type Overstepped = keyof typeof LIMITS;

/** Shares of the mails, from 0 to 1. */
export const sharesOf = ({ sent, bounced, complained }: MailRates): Readonly<Record<Overstepped, number>> => {
  const of = Math.max(sent, REPRESENTATIVE);
  return { bounces: bounced / of, complaints: complained / of };
};

/** Which limit is reached, if one is: then what nobody has to get must stop, before Amazon stops all. */
export const overstepped = (rates: MailRates): Overstepped | undefined => {
  const shares = sharesOf(rates);
  return (['complaints', 'bounces'] as const).find((one) => shares[one] >= LIMITS[one]);
};
