import { lifecycleRoutes } from '@tongxin/contract'
import { ACTION_CODES, STATE_CODES } from '@tongxin/lifecycle'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { testApp } from '../../../test/support/index.ts'
import { serveLifecycle } from './lifecycle.routes.ts'

describe('the lifecycle', () => {
  it('is served to everybody as the tables have it', async () => {
    const t = await testApp()
    const { status, body } = await t.nobody.call(lifecycleRoutes.readLifecycle)
    expect(status).toBe(200)
    expect(body.states.map((state) => state.code)).toEqual(STATE_CODES)
    expect(body.actions.map((action) => action.code)).toEqual(ACTION_CODES)
    expect(body.states.find((state) => state.code === 'suspended')).toEqual({
      code: 'suspended',
      stage: 'handle',
      resting: true,
      zh: '挂账',
      en: 'Suspended',
    })
    expect(body.actions.find((action) => action.code === 'sign')).toEqual({
      code: 'sign',
      zh: '签收',
      en: 'Sign',
      move: true,
      routed: true,
      ways: [{ from: ['dispatched'], to: 'handling', when: null }],
      by: [
        { as: 'lead_handler', when: [] },
        { as: 'officer', when: ['unit_without_accounts'] },
      ],
      guards: [],
      fields: [],
    })
    expect(body.actions.find((action) => action.code === 'recall')?.fields).toEqual([
      { name: 'reason', zh: '理由', en: 'Reason', type: 'long_text', required: true },
    ])
    expect(body.policies.find((policy) => policy.key === 'endorsement_threshold')).toMatchObject({
      default: 10,
      unit: 'households',
    })
    const known = new Set(body.guards.map((guard) => guard.code))
    for (const { guards, by } of body.actions)
      for (const code of [...guards, ...by.flatMap((doer) => doer.when)]) expect(known).toContain(code)
  })

  it('keeps the service from starting where its tables are unsound', async () => {
    const t = await testApp()
    const start = () => serveLifecycle(Fastify(), t.deps, () => ['closed: nothing leads away'])
    expect(start).toThrow('closed: nothing leads away')
  })
})
