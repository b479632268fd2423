import { evidenceRoutes, issueRoutes } from '@tongxin/contract'
import { checkProof, isHashName } from '@tongxin/evidence'
import { parseCrontab } from 'graphile-worker'
import { describe, expect, it } from 'vitest'
import { COMMUNITY, DAY, NEIGHBOUR, testApp } from '../../../test/support/index.ts'
import { must, raiseAs } from '../../../test/support/issues.ts'
import { crontab, tasks } from '../../jobs/tasks.ts'

const seal = tasks.seal_communities as (deps: unknown, payload: unknown) => Promise<void>

describe('the daily seal', () => {
  it('is taken just after midnight in China, and made up for after a standstill of a day', () => {
    const [item] = parseCrontab(crontab).filter(({ task }) => task === 'seal_communities')
    const at = (hour: number, minute: number) => item?.match({ min: minute, hour, date: 2, month: 3, dow: 1 } as never)
    expect([at(16, 5), at(16, 6), at(0, 5)]).toEqual([true, false, false])
    expect(item?.options.backfillPeriod).toBe(DAY)
  })

  it('covers every community once a day, on empty days too, however many workers run it', async () => {
    const t = await testApp()
    const resident = await t.as('resident')
    const id = await raiseAs(resident)
    const sealsOf = async (community: string) =>
      (await t.nobody.call(evidenceRoutes.listSeals, { query: { community } } as never)).body as {
        items: { seq: number; leafCount: number; hash: string; previous: string | null }[]
      }
    await Promise.all([seal(t.deps, undefined), seal(t.deps, undefined), seal(t.deps, undefined)])
    await seal(t.deps, undefined)
    expect((await sealsOf(COMMUNITY)).items).toMatchObject([{ seq: 1, leafCount: 1, previous: null }])
    expect((await sealsOf(NEIGHBOUR)).items).toMatchObject([{ seq: 1, leafCount: 0 }])

    t.clock.advance(DAY)
    const again = await t.as({ id: String(resident.personId) })
    await must(again, id, 'withdraw')
    await seal(t.deps, undefined)
    const [second, first] = (await sealsOf(COMMUNITY)).items
    expect(second).toMatchObject({ seq: 2, leafCount: 1, previous: first?.hash })
  })

  it('lets a reader prove that the newest sealed event of a matter is in it', async () => {
    const t = await testApp()
    const resident = await t.as('resident')
    const ids = [await raiseAs(resident), await raiseAs(resident), await raiseAs(resident)]
    await seal(t.deps, undefined)
    for (const id of ids) {
      const { body } = await resident.call(issueRoutes.readIssueProof, { params: { id } })
      const { sealed } = body
      if (!sealed || !isHashName(sealed.seal.hashName)) throw new Error('not sealed')
      const { hashName, root, leafCount } = sealed.seal
      const { leaf: sealedLeaf, index, proof } = sealed
      const claim = { leaf: sealedLeaf, index, proof, root, leafCount }
      expect(sealed.seq).toBe(1)
      expect(checkProof(hashName, claim)).toBe(true)
      const leaf = `${sealed.leaf[0] === '0' ? '1' : '0'}${sealed.leaf.slice(1)}`
      expect(checkProof(hashName, { ...claim, leaf })).toBe(false)
    }
  })
})
