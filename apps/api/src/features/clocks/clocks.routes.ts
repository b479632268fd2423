import { clockRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { findReadable } from '../issues/index.ts'
import { assertMaySet, DAY_VALUES, dayKey, readSettings, setPolicy } from '../policies/index.ts'
import { dayIn, daysFrom, isArranged, isPlain } from './days.ts'
import { readClocks } from './read-clocks.ts'

export function serveClocks(app: FastifyInstance, deps: Deps): void {
  const { clock, directory } = deps

  serve(app, deps, clockRoutes.listClocks, async ({ db, actor, params }) => {
    const key = splitPublicId(params.id)
    const { view } = await findReadable(db, deps, key, actor)
    return readClocks(db, deps, key, view)
  })

  serve(app, deps, clockRoutes.readCalendar, async ({ params: { regionCode }, query: { year } }) => {
    const tree = await directory.regions.tree()
    if (!tree.get(regionCode)) throw new AppError('not_found')
    const where = { tree, settings: await directory.policies.settings(), regionCode, at: clock.now() }
    const items = [...daysFrom(`${year}-01-01`, `${year}-12-31`)].map((day) => dayIn(where, day))
    return { regionCode, year, arranged: isArranged(`${year}-01-01`), items: items.filter((day) => !isPlain(day)) }
  })

  serve(app, deps, clockRoutes.setCalendarDay, async ({ tx, actor, params, body, version, afterCommit }) => {
    const { regionCode, day } = params
    const tree = await directory.regions.tree()
    assertMaySet(tree, actor, regionCode)
    const at = clock.now()
    await setPolicy(tx, {
      regionCode,
      key: dayKey(day),
      value: DAY_VALUES[body.works],
      seenVersion: version,
      running: true,
      reason: body.reason,
      setBy: personOf(actor),
      at,
      communityCode: tree.tenantOf(regionCode)!,
      hashName: deps.config.evidenceHash,
    })
    afterCommit(() => directory.policies.forget())
    const now = dayIn({ tree, settings: await readSettings(tx), regionCode, at }, day)
    return answer(now, { version: now.version })
  })
}
