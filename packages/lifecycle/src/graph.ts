import { GUARDS, type Guard, type GuardCode } from './guards.ts'
import type { Capacity } from './roles.ts'
import { STATE_CODES, STATES, type State } from './states.ts'
import { ACTION_CODES, ACTIONS, type Action, type Doer, MOVES, type Move, type MoveRow, statesFor } from './table.ts'

export interface Edge {
  action: Move
  from: State
  to: State
}

/** Every move as an edge, those from nothing (`raise`, `import`) left out. */
export const edges = (): Edge[] =>
  (Object.entries(MOVES) as [Move, MoveRow][]).flatMap(([action, row]) =>
    row.ways.flatMap((way) => way.from.map((from) => ({ action, from, to: way.to }))),
  )

/** Present in every community at all times; a raiser only where nothing is due. */
const CERTAIN: ReadonlySet<Capacity> = new Set<Capacity>(['officer', 'secretary', 'system'])

const reachable = (start: State, links: readonly Edge[]): Set<State> => {
  const seen = new Set<State>([start])
  for (const state of seen) for (const edge of links) if (edge.from === state) seen.add(edge.to)
  return seen
}

const takenBy = (action: Action, who: ReadonlySet<Capacity>) =>
  ACTIONS[action].by.some((doer: Doer) => who.has(doer.as))

const guardsOf = (action: Action): GuardCode[] => {
  const row = ACTIONS[action]
  return [...new Set([...row.guards, ...row.by.flatMap((doer: Doer) => doer.when ?? [])])]
}

/**
 * What is wrong with the tables as a whole; empty when they are sound. Run at start-up: nothing unreachable, nothing that cannot be
 * left by somebody whose presence is certain, no guard that waits for what nothing triggers.
 */
export const graphFaults = (): string[] => {
  const faults: string[] = []
  const all = edges()
  const fromRaised = reachable('raised', all)
  for (const state of STATE_CODES) {
    if (!fromRaised.has(state)) faults.push(`${state}: nothing leads there`)
    const away = all.filter((edge) => edge.from === state && edge.to !== state)
    if (away.length === 0) faults.push(`${state}: nothing leads away`)
    const who = STATES[state].resting ? new Set<Capacity>([...CERTAIN, 'raiser']) : CERTAIN
    if (!away.some((edge) => takenBy(edge.action, who)))
      faults.push(`${state}: nobody is certain to be there to lead away`)
  }
  const sure = all.filter((edge) => takenBy(edge.action, CERTAIN))
  for (const state of STATE_CODES.filter((s) => !STATES[s].resting)) {
    const ends = [...reachable(state, sure)].filter((s) => STATES[s].resting && s !== 'suspended')
    if (ends.length === 0) faults.push(`${state}: no certain way to an end`)
  }
  const used = new Set<GuardCode>()
  for (const action of ACTION_CODES) {
    for (const code of guardsOf(action)) {
      used.add(code)
      faults.push(...guardFaults(action, code))
    }
  }
  for (const code of Object.keys(GUARDS) as GuardCode[])
    if (!used.has(code)) faults.push(`${code}: no row uses this guard`)
  return faults
}

const guardFaults = (action: Action, code: GuardCode): string[] => {
  const guard: Guard = GUARDS[code]
  if (guard.freedBy.length === 0) return [`${action}: nothing frees ${code}`]
  const faults: string[] = []
  for (const freed of guard.freedBy) {
    if (!('action' in freed)) continue
    if (!Object.hasOwn(ACTIONS, freed.action)) {
      faults.push(`${action}: ${code} waits for ${freed.action}, which does not exist`)
      continue
    }
    // A fact frees a guard only if it can be recorded where the guard is asked, or on the way there.
    const reach = new Set(statesFor(freed.action as Action).flatMap((s) => [...reachable(s, edges())]))
    if (freed.action !== 'raise' && !statesFor(action).some((s) => reach.has(s)))
      faults.push(`${action}: ${code} waits for ${freed.action}, which cannot happen before`)
  }
  return faults
}
