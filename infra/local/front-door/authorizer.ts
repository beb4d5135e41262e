import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { JwtBlueprint } from '../template/routes.ts';

const YEARS = 10 * 365.25 * 86_400_000;

const secretOf = (key: string): Uint8Array => new TextEncoder().encode(key);

/**
 * A token of the issuer that the stack trusts, signed by this machine's own key, good for ten years. `now` in epoch ms.
 * On AWS a token comes from the issuer; here nobody but this machine is asked.
 */
export const issueToken = (
  { Issuer, Audience: [audience = ''] }: JwtBlueprint,
  key: string,
  now: number,
): Promise<string> =>
  new SignJWT({ scope: 'polku' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(Issuer)
    .setAudience(audience)
    .setSubject('local')
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor((now + YEARS) / 1000))
    .sign(secretOf(key));

/** The claims of the bearer token in a header, undefined where it does not open the route. `now` in epoch ms. */
export const claimsOf = async (
  header: string | undefined,
  jwt: JwtBlueprint,
  key: string,
  now: number,
): Promise<JWTPayload | undefined> => {
  const token = header?.replace(/^Bearer /i, '');
  if (!token) return undefined;
  try {
    const options = {
      issuer: jwt.Issuer,
      audience: [...jwt.Audience],
      algorithms: ['HS256'],
      currentDate: new Date(now),
    };
    return (await jwtVerify(token, secretOf(key), options)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};
