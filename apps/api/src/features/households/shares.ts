export interface Fraction {
  numerator: number
  denominator: number
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** The sum, in lowest terms. */
export const addShares = (shares: readonly Fraction[]): { n: bigint; d: bigint } => {
  let [n, d] = [0n, 1n]
  for (const { numerator, denominator } of shares) {
    n = n * BigInt(denominator) + BigInt(numerator) * d
    d *= BigInt(denominator)
    const common = gcd(n, d)
    n /= common
    d /= common
  }
  return { n, d }
}

/** Of memberships, those that are a share of the ownership. */
export const sharesOf = (
  members: readonly { shareNumerator: number | null; shareDenominator: number | null }[],
): Fraction[] =>
  members.flatMap(({ shareNumerator: numerator, shareDenominator: denominator }) =>
    numerator === null || denominator === null ? [] : [{ numerator, denominator }],
  )
