import { subjectName } from '@tongxin/evidence'
import { fail } from './mismatch.ts'

interface Keyed {
  communityCode: string
  id: string
}

const placeOf = ({ communityCode, id }: Keyed): string => `${communityCode}-${id}`

/** Rows of one kind of subject read alongside its chains, in the same order, so that neither is looked up. */
export interface Beside<Row extends Keyed> {
  /** The row of this chain. @throws MismatchError when it is missing, or when rows before it have no events */
  take(chain: Keyed, lastSeq: number): Promise<Row>
  /** @throws MismatchError when rows are left that have no events */
  end(): Promise<void>
}

export const rowsBeside = <Row extends Keyed>(type: string, rows: AsyncGenerator<Row, undefined>): Beside<Row> => {
  let row: Row | undefined
  let begun = false
  const current = async () => {
    if (!begun) row = (await rows.next()).value
    begun = true
    return row
  }
  const orphaned = (it: Row) => fail(subjectName(type, it.communityCode, it.id), null, 'events_missing')
  return {
    async take(chain, lastSeq) {
      const found = await current()
      if (found && placeOf(found) < placeOf(chain)) return orphaned(found)
      if (!found || placeOf(found) !== placeOf(chain))
        return fail(subjectName(type, chain.communityCode, chain.id), lastSeq, 'row_missing')
      row = (await rows.next()).value
      return found
    },
    async end() {
      const left = await current()
      if (left) orphaned(left)
    },
  }
}
