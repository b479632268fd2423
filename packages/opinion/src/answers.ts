/** Who answered what on which statement: three columns of equal length, at most one answer for each pair. */
export interface Answers {
  voters: number
  statements: number
  /** From 0 to `voters` - 1. */
  voter: Uint32Array
  /** From 0 to `statements` - 1. */
  statement: Uint32Array
  /** 1 agree, -1 disagree, 0 pass. */
  answer: Int8Array
}

/** @throws RangeError when the columns do not fit together, or an answer is none */
export const assertFits = ({ voters, statements, voter, statement, answer }: Answers): void => {
  if (voter.length !== statement.length || voter.length !== answer.length)
    throw new RangeError('The columns of the answers differ in length')
  for (let i = 0; i < voter.length; i++) {
    if (voter[i]! >= voters || statement[i]! >= statements) throw new RangeError('An answer of nobody or on nothing')
    if (answer[i]! < -1 || answer[i]! > 1) throw new RangeError('An answer is 1, 0 or -1')
  }
}
