/**
 * Measures the opinion map: node tests/load/opinions.ts. Times for two sizes of planted conversations, and, where OPINION_DATA names
 * a folder of conversations as the Polis open data has them (votes.csv and participants-votes.csv in a folder each), how far
 * the groups agree with those found there (adjusted Rand index: 1 the same, 0 as chance would have it).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Answers, adjustedRandIndex, mapOpinions } from '@tongxin/opinion'

const TARGETS = [
  { voters: 2_000, statements: 200, each: 40, seconds: 2 },
  { voters: 30_000, statements: 1_000, each: 40, seconds: 60 },
]

const table = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])))
}

/** The last vote of each voter on each statement counts. */
const readConversation = (folder: string): { answers: Answers; found: Map<number, number> } => {
  const last = new Map<string, { at: number; voter: number; statement: number; answer: number }>()
  for (const row of table(path.join(folder, 'votes.csv'))) {
    const vote = {
      at: Number(row.timestamp),
      voter: Number(row['voter-id']),
      statement: Number(row['comment-id']),
      answer: Number(row.vote),
    }
    const key = `${vote.voter} ${vote.statement}`
    if ((last.get(key)?.at ?? -1) <= vote.at) last.set(key, vote)
  }
  const votes = [...last.values()]
  const found = new Map<number, number>()
  for (const row of table(path.join(folder, 'participants-votes.csv')))
    if (row['group-id'] !== '' && row['group-id'] !== undefined)
      found.set(Number(row.participant), Number(row['group-id']))
  const answers = {
    voters: Math.max(...votes.map(({ voter }) => voter)) + 1,
    statements: Math.max(...votes.map(({ statement }) => statement)) + 1,
    voter: Uint32Array.from(votes, ({ voter }) => voter),
    statement: Uint32Array.from(votes, ({ statement }) => statement),
    answer: Int8Array.from(votes, ({ answer }) => answer),
  }
  return { answers, found }
}

const compare = (name: string, folder: string): void => {
  const { answers, found } = readConversation(folder)
  const began = performance.now()
  const map = mapOpinions(answers)
  const milliseconds = performance.now() - began
  const both = [...found.keys()].filter((voter) => (map.groupOf[voter] ?? -1) >= 0)
  const index = adjustedRandIndex(
    both.map((voter) => map.groupOf[voter]!),
    both.map((voter) => found.get(voter)!),
  )
  const sizes = map.groups.map(({ size }) => size).join(' + ')
  console.log(
    `${name}: ${map.voters} voters, ${map.answers} answers, ${map.placed} placed in groups of ${sizes}, silhouette ` +
      `${map.silhouette?.toFixed(2)}; adjusted Rand index ${index.toFixed(3)} over ${both.length} voters of ${found.size}; ${milliseconds.toFixed(0)} ms`,
  )
}

/** Three camps who answer so many statements each, picked at random as people come by them. */
const planted = ({ voters, statements, each }: { voters: number; statements: number; each: number }): Answers => {
  let state = 42
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  const voter = new Uint32Array(voters * each)
  const statement = new Uint32Array(voters * each)
  const answer = new Int8Array(voters * each)
  const mind = (camp: number, s: number) => (Math.imul(s + 7, 2_654_435_761 + camp * 40_503) & 65_536 ? 1 : -1)
  let at = 0
  for (let v = 0; v < voters; v++) {
    const seen = new Set<number>()
    while (seen.size < each) seen.add(Math.floor(chance() * statements))
    for (const s of seen) {
      voter[at] = v
      statement[at] = s
      const drawn = chance()
      answer[at++] = drawn < 0.15 ? 0 : drawn < 0.35 ? -mind(v % 3, s) : mind(v % 3, s)
    }
  }
  return { voters, statements, voter, statement, answer }
}

const folder = process.env.OPINION_DATA
if (folder && existsSync(folder)) {
  for (const name of readdirSync(folder).sort()) {
    if (existsSync(path.join(folder, name, 'participants-votes.csv'))) compare(name, path.join(folder, name))
  }
} else console.log('Skipped: conversations with groups found elsewhere (set OPINION_DATA to a folder of them)')

for (const size of TARGETS) {
  const answers = planted(size)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const began = performance.now()
  const map = mapOpinions(answers)
  const seconds = (performance.now() - began) / 1_000
  const again = performance.now()
  mapOpinions(answers, { last: map.basis })
  const warm = (performance.now() - again) / 1_000
  const megabytes = (process.memoryUsage().rss - before) / 1_048_576
  const good = seconds <= size.seconds
  if (!good) process.exitCode = 1
  const index = adjustedRandIndex(
    [...map.groupOf],
    [...map.groupOf.keys()].map((v) => v % 3),
  )
  console.log(
    `${good ? '✓' : '✗'} ${size.voters} × ${size.statements}, ${answers.voter.length} answers: ${seconds.toFixed(2)} s ` +
      `(at most ${size.seconds}), from the last map ${warm.toFixed(2)} s, ${megabytes.toFixed(0)} MB more, ` +
      `${map.groups.length} groups, adjusted Rand index ${index.toFixed(3)} with the three planted`,
  )
}
