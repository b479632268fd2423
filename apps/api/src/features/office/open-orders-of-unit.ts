import { ORDER_ROLES, type OrderRole } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { prepared } from '../../db/prepared.ts'
import { AppError } from '../../http/errors.ts'
import type { RegionTree } from '../regions/index.ts'

const OPEN = `select i.number, w.role from work_orders w
    join issues i on i.community_code = w.community_code and i.id = w.issue_id
  where w.community_code = any($1) and w.unit_id = $2 and w.state = 'open' order by w.first_due_at, w.id limit 50`

/**
 * A unit is not dissolved while work is in its hands: nobody would be left to do it. The caller holds the unit's row, so that no
 * dispatch comes between.
 * @throws AppError unit_has_open_orders, naming the first fifty
 */
export const assertNoOpenOrders = async (
  tx: Tx,
  tree: RegionTree,
  { id, regionCode }: { id: string; regionCode: string },
): Promise<void> => {
  const own = tree.tenantOf(regionCode)
  const tenants = [...new Set([...tree.tenantsUnder(regionCode), ...(own ? [own] : [])])]
  const open = await prepared<{ number: string; role: OrderRole }>(tx, 'office_open_of_unit', OPEN, [tenants, id])
  if (open.length === 0) return
  throw new AppError('unit_has_open_orders', {
    detail: `该单位还有未办结的工单：${open.map(({ number, role }) => `${number}（${ORDER_ROLES[role]}）`).join('、')}`,
    errors: open.map(({ number, role }) => ({ path: 'body.active', message: `${number} ${ORDER_ROLES[role]}` })),
  })
}
