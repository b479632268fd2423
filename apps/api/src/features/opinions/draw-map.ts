import { type Answers, type Basis, mapOpinions } from '@tongxin/opinion'

/** The map as it is stored and shown, statements by id; nothing in it is one person's. */
export interface DrawnMap {
  placed: number
  silhouette: number | null
  groups: {
    number: number
    size: number
    x: number
    y: number
    spread: number
    telling: { id: string; side: 'agree' | 'disagree' }[]
  }[]
  /** Of each statement, per group: agree, disagree, pass. */
  statements: { id: string; groups: [agree: number, disagree: number, pass: number][] }[]
  shared: { agree: string[]; disagree: string[] }
}

/** What the next map starts from, as JSON holds it: null where nobody of a group answered. */
export interface StoredBasis {
  statements: string[]
  components: number[]
  centres: number[]
  groups: { number: number; means: (number | null)[] }[]
}

export interface ToDraw {
  answers: Answers
  statementIds: string[]
  last: StoredBasis | null
}

export interface Drawn {
  voters: number
  answers: number
  map: DrawnMap
  basis: StoredBasis
}

const rounded = (x: number): number => Math.round(x * 1_000) / 1_000

/** The stored basis in the order of today's statements; one that is new knows nothing. */
const basisFor = (statementIds: readonly string[], { statements, components, centres, groups }: StoredBasis): Basis => {
  const at = new Map(statements.map((id, place) => [id, place]))
  const places = statementIds.map((id) => at.get(id))
  const component = (place: number | undefined, axis: number) =>
    place === undefined ? 0 : (components[place * 2 + axis] ?? 0)
  return {
    components: Float64Array.from(places.flatMap((place) => [component(place, 0), component(place, 1)])),
    centres: Float64Array.from(centres),
    groups: groups.map(({ number, means }) => ({
      number,
      means: Float64Array.from(places, (place) => (place === undefined ? null : means[place]) ?? Number.NaN),
    })),
  }
}

/** Computes the map and leaves out of it everybody's own place. */
export const drawMap = ({ answers, statementIds, last }: ToDraw): Drawn => {
  const found = mapOpinions(answers, { last: last && basisFor(statementIds, last) })
  const { groups, basis, shared } = found
  const idOf = (statement: number) => statementIds[statement] as string
  const reach = groups.reduce((far, { centre, spread }) => Math.max(far, Math.hypot(...centre) + spread), 0)
  const scaled = (x: number) => (reach === 0 ? 0 : rounded(x / reach))
  return {
    voters: found.voters,
    answers: found.answers,
    map: {
      placed: found.placed,
      silhouette: found.silhouette === null ? null : rounded(found.silhouette),
      groups: groups.map(({ number, size, centre: [x, y], spread, telling }) => ({
        number,
        size,
        x: scaled(x),
        y: scaled(y),
        spread: scaled(spread),
        telling: telling.map(({ statement, side }) => ({ id: idOf(statement), side })),
      })),
      statements: statementIds.map((id, s) => ({
        id,
        groups: groups.map(({ counts }) => {
          const { agree, disagree, pass } = counts[s] as (typeof counts)[number]
          return [agree, disagree, pass]
        }),
      })),
      shared: {
        agree: shared.agree.map(({ statement }) => idOf(statement)),
        disagree: shared.disagree.map(({ statement }) => idOf(statement)),
      },
    },
    basis: {
      statements: statementIds,
      components: [...basis.components],
      centres: [...basis.centres],
      groups: basis.groups.map(({ number, means }) => ({
        number,
        means: [...means].map((mean) => (Number.isNaN(mean) ? null : mean)),
      })),
    },
  }
}
