import type { Tx } from '../../db/connect.ts'
import type { IssueKey } from '../issues/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { type Telling, tell } from './inbox.queries.ts'

/** Tells the officers of the matter's community of what time alone has brought about; once for each step and event. */
export const tellOfficers = (
  tx: Tx,
  tree: RegionTree,
  key: IssueKey,
  telling: Pick<Telling, 'step' | 'seq' | 'at' | 'dueAt'>,
): Promise<void> => {
  const roles = [...tree.upwards(key.communityCode)].map(({ code }) => ({ role: 'officer' as const, region: code }))
  return tell(
    tx,
    key,
    { roles, units: [], street: null, people: [], offices: [] },
    { ...telling, except: null, complainedUnitId: null },
  )
}
