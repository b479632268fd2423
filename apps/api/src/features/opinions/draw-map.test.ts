import type { Answers } from '@tongxin/opinion'
import { describe, expect, it } from 'vitest'
import { drawInThread } from './draw-in-thread.ts'
import { drawMap, type ToDraw } from './draw-map.ts'

const VOTERS = 16
/** Ten against six on every statement but the last, which all agree with. */
const answersOn = (statements: number): Answers => {
  const rows = Array.from({ length: VOTERS * statements }, (_, i) => ({
    voter: Math.floor(i / statements),
    statement: i % statements,
  }))
  return {
    voters: VOTERS,
    statements,
    voter: Uint32Array.from(rows, ({ voter }) => voter),
    statement: Uint32Array.from(rows, ({ statement }) => statement),
    answer: Int8Array.from(rows, ({ voter, statement }) => (statement === statements - 1 || voter < 10 ? 1 : -1)),
  }
}
const toDraw = (statementIds: string[], last: ToDraw['last'] = null): ToDraw => ({
  answers: answersOn(statementIds.length),
  statementIds,
  last,
})

describe('a drawn map', () => {
  it('names statements by their ids and keeps within its frame', () => {
    const { map, voters, answers } = drawMap(toDraw(['a', 'b', 'c', 'd']))
    expect([voters, answers, map.placed]).toEqual([16, 64, 16])
    expect(map.groups.map(({ number, size }) => [number, size])).toEqual([
      [0, 10],
      [1, 6],
    ])
    expect(map.shared).toEqual({ agree: ['d'], disagree: [] })
    expect(map.statements.map(({ id, groups }) => [id, groups[1]])).toEqual([
      ['a', [0, 6, 0]],
      ['b', [0, 6, 0]],
      ['c', [0, 6, 0]],
      ['d', [6, 0, 0]],
    ])
    for (const { x, y, spread } of map.groups) expect(Math.hypot(x, y) + spread).toBeLessThanOrEqual(1.002)
  })

  it('starts from the last one by statement, whichever came and went since', () => {
    const first = drawMap(toDraw(['b', 'c', 'd', 'z']))
    const basis = JSON.parse(JSON.stringify({ ...first.basis, groups: [...first.basis.groups].reverse() }))
    for (const [at, group] of basis.groups.entries()) group.number = at + 3
    const second = drawMap(toDraw(['a', 'c', 'd', 'y', 'z'], basis))
    // The smaller group was made number 3, the larger one 4: what they say tells which is which.
    expect(second.map.groups.map(({ number, size }) => [number, size])).toEqual([
      [3, 6],
      [4, 10],
    ])
  })

  it('is the same from a thread of its own', async () => {
    expect(await drawInThread(toDraw(['a', 'b', 'c', 'd']))).toEqual(drawMap(toDraw(['a', 'b', 'c', 'd'])))
  })

  it('fails with what went wrong in the thread', async () => {
    const wrong = { ...toDraw(['a', 'b']), answers: { ...answersOn(2), voters: 1 } }
    await expect(drawInThread(wrong)).rejects.toThrow('An answer of nobody or on nothing')
  })
})
