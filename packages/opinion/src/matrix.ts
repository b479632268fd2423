import type { Answers } from './answers.ts'
import { scatter } from './chance.ts'

/** Rows are the voters who answered enough to be placed, columns the statements they answered; what is not there is not stored. */
export interface Matrix {
  rows: number
  columns: number
  /** Where each row begins in `column` and `value`; one more than there are rows. */
  start: Uint32Array
  column: Uint32Array
  value: Int8Array
  /** Mean of what was answered on each column. */
  mean: Float64Array
  voterOf: Uint32Array
  statementOf: Uint32Array
}

/** Whoever answered fewer cannot be told apart from anybody: seven in Polis, half of the statements where there are few. */
export const enoughAnswers = (statements: number): number => Math.min(7, Math.max(1, Math.ceil(statements / 2)))

const ROUNDS = 3

/**
 * A number for each voter and statement made from nothing but who answered what (colour refinement): in its order the matrix is
 * the same, whatever order the answers came in.
 */
const signatures = ({ voters, statements, voter, statement, answer }: Answers) => {
  const voterSign = new Int32Array(voters)
  const statementSign = new Int32Array(statements)
  for (let round = 0; round < ROUNDS; round++) {
    const before = Int32Array.from(voterSign)
    statementSign.fill(0)
    for (let i = 0; i < voter.length; i++) statementSign[statement[i]!]! += scatter(before[voter[i]!]!, answer[i]! + 2)
    for (let i = 0; i < voter.length; i++)
      voterSign[voter[i]!]! += scatter(statementSign[statement[i]!]!, answer[i]! + 2)
  }
  return { voterSign, statementSign }
}

const ordered = (kept: number[], sign: Int32Array): Uint32Array =>
  Uint32Array.from(kept.sort((a, b) => sign[a]! - sign[b]! || a - b))

/** Builds the matrix of those who answered enough. */
export const buildMatrix = (answers: Answers): Matrix => {
  const { voters, statements, voter, statement, answer } = answers
  const answered = new Uint32Array(voters)
  const heard = new Uint8Array(statements)
  for (let i = 0; i < voter.length; i++) {
    answered[voter[i]!]! += 1
    heard[statement[i]!] = 1
  }
  const enough = enoughAnswers(heard.reduce((sum, one) => sum + one, 0))
  const { voterSign, statementSign } = signatures(answers)
  const placed = [...answered.keys()].filter((v) => answered[v]! >= enough)
  const voterOf = ordered(placed, voterSign)
  const rowOf = new Int32Array(voters).fill(-1)
  voterOf.forEach((v, row) => {
    rowOf[v] = row
  })
  heard.fill(0)
  for (let i = 0; i < voter.length; i++) if (rowOf[voter[i]!]! >= 0) heard[statement[i]!] = 1
  const statementOf = ordered(
    [...heard.keys()].filter((s) => heard[s] === 1),
    statementSign,
  )
  const columnOf = new Int32Array(statements).fill(-1)
  statementOf.forEach((s, column) => {
    columnOf[s] = column
  })

  const rows = voterOf.length
  const start = new Uint32Array(rows + 1)
  voterOf.forEach((v, row) => {
    start[row + 1] = start[row]! + answered[v]!
  })
  const column = new Uint32Array(start[rows]!)
  const value = new Int8Array(start[rows]!)
  // Column by column, so that each row comes out in the order of columns.
  const byColumn = new Uint32Array(statementOf.length + 1)
  for (let i = 0; i < voter.length; i++) if (rowOf[voter[i]!]! >= 0) byColumn[columnOf[statement[i]!]! + 1]! += 1
  for (let c = 0; c < statementOf.length; c++) byColumn[c + 1]! += byColumn[c]!
  const sorted = new Uint32Array(start[rows]!)
  for (let i = 0; i < voter.length; i++) {
    if (rowOf[voter[i]!]! < 0) continue
    const c = columnOf[statement[i]!]!
    sorted[byColumn[c]!++] = i
  }
  const next = Uint32Array.from(start)
  const sum = new Float64Array(statementOf.length)
  const count = new Uint32Array(statementOf.length)
  for (const i of sorted) {
    const at = next[rowOf[voter[i]!]!]!++
    const c = columnOf[statement[i]!]!
    column[at] = c
    value[at] = answer[i]!
    sum[c]! += answer[i]!
    count[c]! += 1
  }
  const mean = sum.map((total, c) => total / count[c]!)
  return { rows, columns: statementOf.length, start, column, value, mean, voterOf, statementOf }
}
