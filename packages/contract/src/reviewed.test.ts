import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { councilRoutes, opinionRoutes } from './features/council/index.ts'
import { ownersRoutes } from './features/owners/index.ts'
import type { RouteContract } from './route.ts'

/** Nothing that the public reads as it was written. */
const NOT_PUBLIC = [
  // Said to those who organize, to who asked, or to who raised it.
  'answerInvitation',
  'decideStatement',
  // Read by those inside; what goes into the minutes is de-identified and revised there.
  'noteItem',
  'proposeAmendment',
  // Kept from numbers at once, and read by a moderator before anybody else.
  'changeStatement',
  'raiseStatement',
  // About named owners, for those who keep the roll.
  'ruleOverlap',
  // Names who is to vote for an owner; it has to be the name on record, and no other owner reads it.
  'appointProxy',
  // What stands on the screen in the room.
  'checkIn',
]

const isFreeText = ({ type, maxLength, format, pattern, enum: of }: Record<string, unknown>): boolean =>
  type === 'string' && maxLength !== undefined && [format, pattern, of].every((one) => one === undefined)

const holdsFreeText = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  (isFreeText({ ...schema }) || Object.values(schema).some((part) => holdsFreeText(part)))

describe('a body whose texts the public will read', () => {
  const all = [councilRoutes, opinionRoutes, ownersRoutes].flatMap((routes): RouteContract[] => Object.values(routes))
  const written = all.flatMap(({ operationId, body }) => {
    const schema = body && z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })
    return holdsFreeText(schema) ? [{ operationId, reviewed: JSON.stringify(schema).includes('"reviewed"') }] : []
  })

  it('has room for whoever wrote it to say that they reviewed it', () => {
    expect(written.length).toBeGreaterThan(NOT_PUBLIC.length)
    const without = written.filter(({ reviewed }) => !reviewed).map(({ operationId }) => operationId)
    expect(without.sort()).toEqual([...NOT_PUBLIC].sort())
  })
})
