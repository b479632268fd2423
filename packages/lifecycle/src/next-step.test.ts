import { expect, test } from 'vitest'
import { CLOCK_CODES, type ClockCode, clockRow } from './clocks.ts'
import { decide } from './decide.ts'
import { nextStep } from './next-step.ts'
import { DEFAULT_POLICY } from './policy.ts'
import type { Clock } from './run-clocks.ts'
import {
  actorAs,
  daysFrom,
  fairFacts,
  NOW,
  occasionFor,
  partOf,
  payloadsFor,
  privateOverrides,
  requiredFields,
} from './situations.ts'
import { ACTIONS, statesFor } from './table.ts'

/** A clock that ends tomorrow. */
const running = (clock: ClockCode): Clock => ({
  clock,
  about: clock === 'part' || clock === 'sign' ? partOf().unitId : null,
  from: NOW.toISOString(),
  rule: 'given',
  span: null,
  steps: [daysFrom(0.8), daysFrom(1), daysFrom(1.5), daysFrom(2)].map((at) => at.toISOString()),
  fired: 0,
  heldSince: null,
  heldFor: 0,
})

test('what was done is not asked for again of who did it, while the clock that waited for it runs on to the same end', () => {
  const asked = new Set<string>()
  const again = CLOCK_CODES.flatMap((clock) =>
    clockRow(clock).answeredBy.flatMap((action) =>
      statesFor(action).flatMap((state) =>
        ACTIONS[action].by.flatMap(({ as }) => {
          const issue = { ...occasionFor(action, state, privateOverrides()), clocks: [running(clock)] }
          const { rating } = fairFacts(action)
          // One that was drawn holds nothing up, and has no clock.
          const facts = fairFacts(action, rating && { rating: { ...rating, sampled: false } })
          const step = nextStep(issue, actorAs(as), facts, DEFAULT_POLICY, NOW)
          if (step?.action !== action) return []
          const [payload = {}] = payloadsFor(action, requiredFields(ACTIONS[action].fields))
          const decision = decide(issue, action, actorAs(as), payload, facts, DEFAULT_POLICY, NOW)
          if (!decision.allowed) return []
          asked.add(`${clock} ${action}`)
          const after = { ...issue, ...decision.changes, state: decision.to }
          const next = nextStep(after, actorAs(as), facts, DEFAULT_POLICY, NOW)
          const same = next?.action === action && next.clock === clock && +next.dueAt === +step.dueAt
          return same ? [`${clock} ${action} as ${as}`] : []
        }),
      ),
    ),
  )
  expect(again).toEqual([])
  expect(asked.size).toBeGreaterThanOrEqual(20)
})
