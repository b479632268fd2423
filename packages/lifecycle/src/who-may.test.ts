import { describe, expect, test } from 'vitest'
import { type Decision, decide } from './decide.ts'
import type { Facts, Issue } from './issue.ts'
import { DEFAULT_POLICY } from './policy.ts'
import type { Capacity } from './roles.ts'
import {
  actorAs,
  CAPACITY_CODES,
  daysFrom,
  fairFacts,
  NOW,
  occasionFor,
  partOf,
  payloadsFor,
  privateOverrides,
  requiredFields,
} from './situations.ts'
import { STATE_CODES, type State } from './states.ts'
import { ACTION_CODES, ACTIONS, type Action, isMove } from './table.ts'

/** A setting in which every state × action × capacity is asked. */
interface Setting {
  name: string
  issue: Partial<Issue>
  facts: Facts
}
const SETTINGS: Setting[] = [
  { name: 'a public matter', issue: {}, facts: {} },
  {
    name: 'a private matter',
    issue: privateOverrides(),
    facts: {
      target: { exists: true, state: 'handling', sameIssue: false, visibility: 'private', complainedUnitId: null },
    },
  },
  { name: 'a lead unit without accounts', issue: {}, facts: { leadUnit: { hasAccounts: false } } },
  { name: 'under appeal, the decider being asked', issue: { appealOf: 'declined', decidedBy: 'a-person' }, facts: {} },
  { name: 'under appeal, somebody else being asked', issue: { appealOf: 'declined', decidedBy: 'x' }, facts: {} },
  {
    name: 'the person submitted the work',
    issue: { submittedBy: 'a-person' },
    facts: { own: { endorsed: false, hadPart: true, mergedAt: null } },
  },
  {
    name: 'a complaint about the unit the person handles for; the unit named is not of the street, in the third round',
    issue: { ...privateOverrides('complaint'), complainedUnitId: 'unit-co', round: 3, leadUnitId: 'unit-lead' },
    facts: { unit: { exists: true, hasAccounts: false, ofStreet: false, streetHasUnits: true } },
  },
  {
    name: 'used up: suspended twice, reopened twice, appealed, the unit designated',
    issue: { suspensions: 2, reopenings: 2, appealed: true, designated: true },
    facts: {},
  },
  {
    name: 'too late: decided, merged, withdrawn, dispatched or closed 400 days ago, the periods over',
    issue: {
      stateSince: daysFrom(-400),
      closedAt: daysFrom(-400),
      dispatchedAt: daysFrom(-400),
      noticeEndsAt: daysFrom(-390),
      evaluationEndsAt: daysFrom(-388),
    },
    facts: {},
  },
  {
    name: 'a ballot is open, the meeting is over, no part and no unit is theirs',
    issue: {},
    facts: {
      council: { inSession: false, quorum: false, openBallot: true, motion: null },
      parts: [partOf({ mine: false, hasAccounts: true })],
      handOver: { open: true, mine: false, fit: true, inCharge: false },
      added: { fit: false, atWork: false },
      unit: { exists: false, hasAccounts: false, ofStreet: false, streetHasUnits: true },
      household: { mine: false, counted: false },
    },
  },
  {
    name: 'already endorsed, objected and rated',
    issue: {},
    facts: {
      own: { endorsed: true, hadPart: true, mergedAt: null },
      judged: { objected: true, rated: true },
      rating: {
        bad: true,
        open: false,
        contested: true,
        openContest: false,
        ratedBy: 'a-person',
        helpedBy: null,
        contestedBy: 'a-person',
        sampled: false,
        followUp: false,
        concludes: false,
        at: null,
      },
      calls: { open: 0, followUps: 0 },
      objection: {
        open: false,
        review: false,
        mine: true,
        reviewed: true,
        ofSecretary: true,
        firstAnsweredBy: null,
        at: null,
      },
    },
  },
  {
    name: 'the dispatch is disputed: returned twice, by the units named too',
    issue: {},
    facts: { returns: { ofLead: 2, unitIds: ['unit-lead', 'unit-co'] } },
  },
  {
    name: 'the part is signed for, designated and old, an extension of it asked for by the person',
    issue: {},
    facts: {
      parts: [
        partOf({
          signed: true,
          designated: true,
          madeAt: daysFrom(-30),
          extensionAskedFor: daysFrom(6),
          extensionBy: 'a-person',
        }),
      ],
    },
  },
  { name: 'imported without an answer, untouched since', issue: { channel: 'import', version: 1 }, facts: {} },
]

/** Never theirs to do, or never here: what is left out of the snapshot, and counted. */
const FLAT = new Set(['not_permitted', 'wrong_state'])

const ask = (setting: Setting, state: State, action: Action, capacity: Capacity): Decision => {
  const payloads = payloadsFor(action, requiredFields(ACTIONS[action].fields))
  const answers = payloads.map((payload) =>
    decide(
      occasionFor(action, state, setting.issue),
      action,
      actorAs(capacity),
      payload,
      fairFacts(action, setting.facts),
      DEFAULT_POLICY,
      NOW,
    ),
  )
  return answers.find((a) => a.allowed) ?? (answers.at(-1) as Decision)
}

/** `accepted: schedule → scheduled  officer, secretary; not raiser (why)`; null where nobody may and nobody might. */
const line = (setting: Setting, state: State, action: Action): string | null => {
  const allowed: string[] = []
  const refused: string[] = []
  let to: State | null = null
  for (const capacity of CAPACITY_CODES) {
    const decision = ask(setting, state, action, capacity)
    if (decision.allowed) {
      allowed.push(capacity)
      to = decision.to
    } else if (!FLAT.has(decision.reason)) refused.push(`${capacity} (${decision.reason})`)
  }
  if (allowed.length + refused.length === 0) return null
  const where = isMove(action) && to ? ` → ${to}` : ''
  const who = allowed.join(', ') || 'nobody'
  return `${state}: ${action}${where}  ${who}${refused.length ? `; not ${refused.join(', ')}` : ''}`
}

const linesOf = (setting: Setting): string[] =>
  STATE_CODES.flatMap((state) => ACTION_CODES.map((action) => line(setting, state, action)).filter((l) => l !== null))

describe('who may do what', () => {
  const plain = linesOf(SETTINGS[0] as Setting)

  test('every state × action × capacity answers as reviewed', async () => {
    const known = new Set(plain)
    const text = SETTINGS.map((setting, i) => {
      const lines = i === 0 ? plain : linesOf(setting).filter((l) => !known.has(l))
      return `# ${setting.name}${i === 0 ? '' : ': what differs'}\n${lines.join('\n')}\n`
    }).join('\n')
    await expect(text).toMatchFileSnapshot('./__snapshots__/who-may.txt')
  })

  test('every action but those that make an issue can be taken by somebody somewhere', () => {
    const taken = new Set(plain.filter((l) => !l.includes('  nobody')).map((l) => l.split(' ')[1]))
    const making: Action[] = ['raise', 'import']
    // What only comes of another setting: import again, and the system's own unscheduling of a private matter.
    expect(ACTION_CODES.filter((action) => !taken.has(action) && !making.includes(action))).toEqual([])
  })

  /** A handler of the lead unit is a handler of a unit: of another's part only the facts know. */
  const NAMED = (action: Action) => {
    const named = new Set<Capacity>(ACTIONS[action].by.map((doer) => doer.as))
    if (named.has('part_handler')) named.add('lead_handler')
    return named
  }

  test('nobody without a capacity of the row is let in, whatever the state', () => {
    let cases = 0
    for (const state of STATE_CODES) {
      for (const action of ACTION_CODES) {
        for (const capacity of CAPACITY_CODES) {
          cases += SETTINGS.length
          if (NAMED(action).has(capacity)) continue
          const decision = ask(SETTINGS[0] as Setting, state, action, capacity)
          expect(decision, `${state} ${action} ${capacity}`).toMatchObject({ allowed: false })
        }
      }
    }
    expect(cases).toBe(STATE_CODES.length * ACTION_CODES.length * CAPACITY_CODES.length * SETTINGS.length)
  })
})
