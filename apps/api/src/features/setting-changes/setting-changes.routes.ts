import { PERMISSIONS, type SettingChange, type SettingKind, settingChangeRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { serve } from '../../http/serve.ts'
import { openName } from '../people/index.ts'
import { holdsOver } from '../regions/index.ts'
import { type ChangeRow, listChanges } from './setting-changes.queries.ts'

/** Categories and regions are everybody's to read, and so is what was changed of them; who did is told to staff. */
export function serveSettingChanges(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  const standingOf = ({ effectiveFrom, nextAt }: ChangeRow, now: Date): SettingChange['standing'] => {
    const from = Date.parse(effectiveFrom)
    if (nextAt !== null && Date.parse(nextAt) < from) return 'replaced'
    return from > now.getTime() ? 'coming' : 'in_force'
  }

  const page = async (
    on: Queryable,
    kind: SettingKind,
    code: string,
    query: { cursor?: string | undefined; limit: number },
    named: boolean,
  ) => {
    const before = decodeCursor(query.cursor, ['number'])?.[0] ?? null
    const rows = await listChanges(on, kind, code, before, query.limit + 1)
    const now = clock.now()
    return pageOf(
      rows,
      query.limit,
      ({ version }) => [version],
      (row) => ({
        version: row.version,
        at: new Date(row.at).toISOString(),
        byName: named ? openName(cipher, { id: row.by, nameCipher: row.nameCipher, phoneCipher: null }) : null,
        effectiveFrom: new Date(row.effectiveFrom).toISOString(),
        standing: standingOf(row, now),
        reason: row.reason,
        added: row.version === 1,
        changes: row.changes.map((change) => ({ ...change })),
      }),
    )
  }
  const { roles } = PERMISSIONS['people.read']

  serve(app, deps, settingChangeRoutes.listCategoryChanges, ({ db, actor, params, query }) =>
    page(
      db,
      'category',
      params.code,
      query,
      actor.grants.some(({ role }) => roles.some((known) => known === role)),
    ),
  )

  serve(app, deps, settingChangeRoutes.listRegionChanges, async ({ db, actor, params, query }) =>
    page(db, 'region', params.code, query, holdsOver(await directory.regions.tree(), actor, roles, params.code)),
  )
}
