import type { ClientScope } from '@tongxin/contract'
import { approveClient, issueKey, lockClient, registerClient } from '../features/clients/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

const YEAR_MS = 365 * 86_400_000

/** The district's hotline delivers what it was told here; a screen at the street still waits to be let in. */
export async function connectSystems(walk: Walk): Promise<void> {
  const { tx, people, door } = walk
  const { cipher, clock } = door.deps
  const register = (name: string, operator: string, operatorPhone: string, scopes: ClientScope[], reason: string) => {
    const at = clock.now()
    return registerClient(tx, cipher, {
      name,
      operator,
      operatorPhone,
      regionCode: COMMUNITY,
      scopes,
      expiresAt: new Date(at.getTime() + YEAR_MS).toISOString(),
      reason,
      by: people.administrator!,
      at,
    })
  }
  const hotline = await register(
    '区热线转办平台',
    '大观区政务服务中心',
    '0556-0000020',
    ['issues.raise', 'issues.read'],
    '热线来电转到社区办理，并取回进展',
  )
  await approveClient(tx, hotline, { by: people.secretary!, at: clock.now() })
  const approved = await lockClient(tx, hotline.id)
  // Whoever wants to try it issues another: this one is told to nobody.
  const seen = { by: people.administrator!, at: clock.now(), seenVersion: approved!.version, overlapHours: 0 }
  await issueKey(tx, approved!, seen)
  await register('街道大屏', '玉琳路街道办事处', '0556-0000001', ['statistics.read'], '在街道大厅展示各社区的统计')
}
