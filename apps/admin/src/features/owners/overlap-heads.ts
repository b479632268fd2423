import type { OwnersOverlap } from '@tongxin/contract'

type Group = OwnersOverlap['groups'][number]

/** The number of the head under which each group counts, as ruled; null while nobody has. Flats of a group never part. */
export const headNumbers = ({ groups, ruling }: OwnersOverlap): number[] | null =>
  ruling &&
  groups.map(({ flats }) => ruling.heads.findIndex((own) => flats.some((flat) => own.includes(flat.householdId))) + 1)

/** The flats of each head, given the number under which each group counts. */
export const headsFrom = ({ groups }: OwnersOverlap, numbers: readonly number[]): string[][] => {
  const heads = Map.groupBy(groups.keys(), (at) => numbers[at])
  return [...heads.values()].map((own) =>
    own.flatMap((at) => groups[at]?.flats.map(({ householdId }) => householdId) ?? []),
  )
}

/** Whose flats these are, and which. */
export const groupWords = ({ owners, flats }: Group, comma: string): string =>
  `${owners.join(comma)} · ${flats.map(({ building, door }) => `${building} ${door}`).join(comma)}`
