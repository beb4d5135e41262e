/**
 * What a page may do: nothing but look as it does and post its form to where it came from. Nobody learns the link from
 * it, keeps it, frames it or finds it. There are no cookies, so there is nothing that another site could borrow.
 * @param styleHash SHA-256 of the style sheet, base64
 */
export const pageHeaders = (styleHash: string): Readonly<Record<string, string>> => ({
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'interest-cohort=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
});
