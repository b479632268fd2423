import { GUARDS, type Guard } from './guards.ts'
import type { Capacity } from './roles.ts'
import { STATE_CODES, STATES, type State } from './states.ts'
import { type Doer, FACT_ACTIONS, type FactRow, MOVES, type Move, type MoveRow, type Way } from './table.ts'

export interface Edge {
  action: Move
  from: State
  to: State
}

/** The rules as data; the real ones by default, broken ones in the tests of this walk. */
export interface Tables {
  moves: Readonly<Record<string, MoveRow>>
  facts: Readonly<Record<string, FactRow>>
  guards: Readonly<Record<string, Guard>>
}
export const TABLES: Tables = { moves: MOVES, facts: FACT_ACTIONS, guards: GUARDS }

/** Present in every community at all times; a raiser only where nothing is due. */
const CERTAIN: ReadonlySet<Capacity> = new Set<Capacity>(['officer', 'secretary', 'system'])
const CERTAIN_AT_REST: ReadonlySet<Capacity> = new Set<Capacity>([...CERTAIN, 'raiser'])

/** Pairs of which exactly one holds. */
const COMPLEMENTS: Readonly<Record<NonNullable<Way['when']>, NonNullable<Way['when']>>> = {
  route_direct: 'route_council',
  route_council: 'route_direct',
  suspended_in_adopted: 'suspended_in_handling',
  suspended_in_handling: 'suspended_in_adopted',
  nobody_else: 'somebody_else',
  somebody_else: 'nobody_else',
  nobody_else_before_dispatch: 'somebody_else_or_dispatched',
  somebody_else_or_dispatched: 'nobody_else_before_dispatch',
}

/** Every move as an edge, those from nothing (`raise`, `import`) left out. */
export const edges = (tables: Tables = TABLES): Edge[] =>
  Object.entries(tables.moves).flatMap(([action, row]) =>
    row.ways.flatMap((way) => way.from.map((from) => ({ action: action as Move, from, to: way.to }))),
  )

const reachable = (start: State, links: readonly Edge[]): Set<State> => {
  const seen = new Set<State>([start])
  for (const state of seen) for (const edge of links) if (edge.from === state) seen.add(edge.to)
  return seen
}

const isEnd = (state: State) => STATES[state].resting && state !== 'suspended'
const atRest = (state: State) => STATES[state].resting

/** The walk over one set of tables. */
class Walk {
  readonly #tables: Tables
  readonly #rows: Readonly<Record<string, MoveRow | FactRow>>
  /** What people and the product do in the course of things; the import of history is no way out of anything. */
  readonly #edges: Edge[]

  constructor(tables: Tables) {
    this.#tables = tables
    this.#rows = { ...tables.moves, ...tables.facts }
    this.#edges = edges(tables).filter((edge) => this.#doers(edge.action).some((doer) => doer.as !== 'import_job'))
  }

  faults(): string[] {
    return [...this.#stateFaults(), ...this.#rowFaults(), ...this.#guardFaults()]
  }

  #row(action: string) {
    return Object.hasOwn(this.#rows, action) ? this.#rows[action] : undefined
  }
  #guard(code: string) {
    return Object.hasOwn(this.#tables.guards, code) ? this.#tables.guards[code] : undefined
  }
  #doers(action: string): readonly Doer[] {
    return this.#row(action)?.by ?? []
  }
  #statesFor(action: string): readonly State[] {
    const row = this.#row(action)
    if (!row) return []
    return 'ways' in row ? [...new Set(row.ways.flatMap((way) => way.from))] : row.in
  }
  #guardsOf(action: string): string[] {
    return [...new Set([...(this.#row(action)?.guards ?? []), ...this.#doers(action).flatMap((d) => d.when ?? [])])]
  }

  /** Whether somebody certain can take the action in the state, every guard in the way being freed for certain. */
  #surelyTaken(action: string, state: State, pending: ReadonlySet<string> = new Set()): boolean {
    const row = this.#row(action)
    if (!row || pending.has(action) || !this.#statesFor(action).includes(state)) return false
    const certain = atRest(state) ? CERTAIN_AT_REST : CERTAIN
    // A fact's own guards ask whether there is anything to record: what waits for the fact is what makes it recordable.
    const own = 'ways' in row ? row.guards : []
    return row.by.some(
      (doer) =>
        certain.has(doer.as) &&
        [...own, ...(doer.when ?? [])].every((code) => this.#surelyFreed(code, state, new Set([...pending, action]))),
    )
  }

  #surelyFreed(code: string, state: State, pending: ReadonlySet<string>): boolean {
    return (this.#guard(code)?.freedBy ?? []).some((freed) => {
      if ('action' in freed) return this.#surelyTaken(freed.action, state, pending)
      if ('anew' in freed) return atRest(state)
      return 'time' in freed || 'choice' in freed
    })
  }

  /** Whether every way the action may lead from the state ends elsewhere. */
  #leadsAway(action: string, state: State): boolean {
    const row = this.#tables.moves[action]
    const ways = row?.ways.filter((way) => way.from.includes(state)) ?? []
    return ways.length > 0 && ways.every((way) => way.to !== state)
  }

  #stateFaults(): string[] {
    const faults: string[] = []
    const fromRaised = reachable('raised', this.#edges)
    const sure = this.#edges.filter((edge) => this.#surelyTaken(edge.action, edge.from))
    for (const state of STATE_CODES) {
      if (!fromRaised.has(state)) faults.push(`${state}: nothing leads there`)
      const away = this.#edges.filter((edge) => edge.from === state && edge.to !== state)
      if (away.length === 0) faults.push(`${state}: nothing leads away`)
      else if (!sure.some((edge) => edge.from === state && this.#leadsAway(edge.action, state)))
        faults.push(`${state}: nobody is certain to be there to lead away`)
      if (!isEnd(state) && ![...reachable(state, sure)].some(isEnd)) faults.push(`${state}: no certain way to an end`)
    }
    return faults
  }

  #rowFaults(): string[] {
    const faults: string[] = []
    for (const [action, row] of Object.entries(this.#rows)) {
      if (row.by.length === 0) faults.push(`${action}: nobody takes it`)
      if ('in' in row && row.in.length === 0) faults.push(`${action}: no state has it`)
      for (const follow of row.then ?? [])
        if (!this.#tables.moves[follow]?.by.some((doer) => doer.as === 'system'))
          faults.push(`${action}: ${follow} is to follow by itself, but the system does not take it`)
      if (!('ways' in row)) continue
      for (const from of this.#statesFor(action)) {
        const [first, second, ...more] = row.ways.filter((way) => way.from.includes(from))
        // The import names its end itself: from nothing to any state, and from `raised` to `closed`.
        const sound = second
          ? more.length === 0 && first?.when !== undefined && COMPLEMENTS[first.when] === second.when
          : first?.when === undefined
        if (!sound) faults.push(`${action}: from ${from} its ways overlap or leave a case open`)
      }
    }
    return faults
  }

  #guardFaults(): string[] {
    const faults: string[] = []
    const used = new Set<string>()
    for (const action of Object.keys(this.#rows)) {
      for (const code of this.#guardsOf(action)) {
        used.add(code)
        faults.push(...this.#waitsInVain(action, code))
      }
    }
    for (const code of Object.keys(this.#tables.guards))
      if (!used.has(code)) faults.push(`${code}: no row uses this guard`)
    return faults
  }

  /** A guard may wait for time, for another choice, or for an action that can happen before and that somebody takes. */
  #waitsInVain(action: string, code: string): string[] {
    const guard = this.#guard(code)
    if (!guard) return [`${action}: there is no guard ${code}`]
    if (guard.freedBy.length === 0) return [`${action}: nothing frees ${code}`]
    const faults: string[] = []
    const states = this.#statesFor(action)
    for (const freed of guard.freedBy) {
      if ('anew' in freed && !states.every(atRest))
        faults.push(`${action}: ${code} ends a right where something is still due`)
      if (!('action' in freed)) continue
      const by = this.#doers(freed.action)
      if (!this.#row(freed.action)) faults.push(`${action}: ${code} waits for ${freed.action}, which does not exist`)
      else if (freed.action === action) faults.push(`${action}: ${code} waits for ${action} itself`)
      else if (!by.some((doer) => doer.as !== 'import_job'))
        faults.push(`${action}: ${code} waits for ${freed.action}, which nothing triggers`)
      else if (!this.#canComeBefore(freed.action, states))
        faults.push(`${action}: ${code} waits for ${freed.action}, which cannot happen before`)
    }
    return faults
  }

  /** Recorded in one of the states itself, or on the way there. */
  #canComeBefore(first: string, states: readonly State[]): boolean {
    const row = this.#row(first)
    if (!row) return false
    const after = 'ways' in row ? row.ways.map((way) => way.to) : row.in
    const reach = new Set(after.flatMap((state) => [...reachable(state, this.#edges)]))
    return states.some((state) => reach.has(state))
  }
}

/**
 * What is wrong with the tables as a whole; empty when they are sound. Run at start-up: nothing unreachable, nothing that cannot be
 * left by somebody whose presence is certain, no guard that waits for what nothing triggers, no way that depends on luck.
 */
export const graphFaults = (tables: Tables = TABLES): string[] => new Walk(tables).faults()
