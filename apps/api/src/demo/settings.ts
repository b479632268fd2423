import { changeCategory } from '../features/categories/index.ts'
import type { Walk } from './records.ts'

const DAY_MS = 86_400_000
const UTC_PLUS_8_MS = 8 * 3_600_000
/** The midnight of Beijing that follows in a month. */
const inAMonth = (at: Date): Date => {
  const days = Math.ceil((at.getTime() + UTC_PLUS_8_MS) / DAY_MS) + 30
  return new Date(days * DAY_MS - UTC_PLUS_8_MS)
}

/** One category was changed lately, another will be next month: matters at work keep what they began with. */
export async function changeSettings({ tx, people, door }: Walk): Promise<void> {
  const { clock } = door.deps
  const by = people.administrator!
  const change = { defaultUrgency: 'urgent' as const, reason: '涉及老人，优先受理' }
  await changeCategory(tx, { code: '209024', seenVersion: 1, change, by, at: clock.now() })
  const at = clock.now()
  const effectiveFrom = inAMonth(at).toISOString()
  const coming = { handleLimitWorkingDays: 2, effectiveFrom, reason: '居民反映夜间出行不便，缩短时限' }
  await changeCategory(tx, { code: '209022', seenVersion: 1, change: coming, by, at })
}
