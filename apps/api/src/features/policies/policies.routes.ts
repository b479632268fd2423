import { policyRoutes } from '@tongxin/contract'
import { POLICY_KEYS } from '@tongxin/lifecycle'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { openName } from '../people/index.ts'
import { assertMaySet, maySet, readsNames } from './policies.policy.ts'
import { presentRule } from './policies.present.ts'
import { listVersions, readSettings } from './policies.queries.ts'
import { setPolicy } from './set-policy.ts'

export function servePolicies(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  serve(app, deps, policyRoutes.readPolicies, async ({ actor, params }) => {
    const tree = await directory.regions.tree()
    if (!tree.get(params.regionCode)) throw new AppError('not_found')
    const settings = await directory.policies.settings()
    const now = clock.now()
    return {
      regionCode: params.regionCode,
      maySet: maySet(tree, actor, params.regionCode),
      items: POLICY_KEYS.map((key) => presentRule(tree, settings, params.regionCode, key, now)),
    }
  })

  serve(app, deps, policyRoutes.listPolicyVersions, async ({ db, actor, params, query }) => {
    const named = readsNames(await directory.regions.tree(), actor, params.regionCode)
    const before = decodeCursor(query.cursor, ['number'])?.[0]
    const rows = await listVersions(db, { ...params, before, limit: query.limit + 1 })
    return pageOf(
      rows,
      query.limit,
      ({ setting }) => [setting.version],
      ({ setting, setter }) => ({
        ...setting,
        key: params.key,
        effectiveFrom: setting.effectiveFrom.toISOString(),
        setByName: named ? openName(cipher, setter) : null,
        setAt: setting.setAt.toISOString(),
      }),
    )
  })

  serve(app, deps, policyRoutes.setPolicy, async ({ tx, actor, params, body, version, afterCommit }) => {
    const tree = await directory.regions.tree()
    assertMaySet(tree, actor, params.regionCode)
    const at = clock.now()
    await setPolicy(tx, {
      ...params,
      value: body.value,
      seenVersion: version,
      effectiveFrom: body.effectiveFrom === undefined ? undefined : new Date(body.effectiveFrom),
      reason: body.reason,
      running: body.applyToRunning,
      setBy: personOf(actor),
      at,
      communityCode: tree.tenantOf(params.regionCode)!,
      hashName: deps.config.evidenceHash,
    })
    afterCommit(() => directory.policies.forget())
    const rule = presentRule(tree, await readSettings(tx), params.regionCode, params.key, at)
    return answer(rule, { version: rule.version })
  })
}
