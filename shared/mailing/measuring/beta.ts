/** A beta distribution: what is known of a rate. */
export type Beta = { readonly a: number; readonly b: number };

/** Source: Lanczos, SIAM J. Numer. Anal. B 1 (1964), 86–96; these coefficients (g = 7, n = 9) by P. Godfrey. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const G = 7;

/** The logarithm of the gamma function of a number above 0, to about 1e-13. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const [first = 0, ...others] = LANCZOS;
  const sum = others.reduce((total, coefficient, i) => total + coefficient / (x + i), first);
  const base = x - 1 + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
};

export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

const TINY = 1e-300;
const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** The continued fraction of https://dlmf.nist.gov/8.17.E22, by Lentz's method. Converges fast where x is below the mean. */
const fraction = (x: number, { a, b }: Beta): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  const step = (term: number): number => {
    d = 1 / awayFromZero(1 + term * d);
    c = awayFromZero(1 + term / c);
    result *= d * c;
    return d * c;
  };
  for (let m = 1; m < 10_000; m++) {
    step((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    const change = step((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return result;
};

/**
 * The likelihood of a rate of at most x: the regularised incomplete beta function, https://dlmf.nist.gov/8.17. What does
 * not depend on x is reckoned once, for whoever asks about many.
 */
export const betaAtMost = (beta: Beta): ((x: number) => number) => {
  const whole = logBeta(beta.a, beta.b);
  const mirrored = { a: beta.b, b: beta.a };
  const below = (x: number, side: Beta): number => {
    const { a, b } = side;
    return (Math.exp(a * Math.log(x) + b * Math.log1p(-x) - whole) / a) * fraction(x, side);
  };
  return (x) => {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const { a, b } = beta;
    return x > (a + 1) / (a + b + 2) ? 1 - below(1 - x, mirrored) : below(x, beta);
  };
};
