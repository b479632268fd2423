import { dueOf, type Issue } from '@tongxin/lifecycle'

/** When an order is due, ISO: the work and the signature; null where no clock of that kind runs. */
export interface Due {
  /** Of a co-unit; null for the lead. */
  unitId: string | null
  dueAt: string | null
  signDueAt: string | null
}

const FIELDS: { readonly [clock: string]: 'dueAt' | 'signDueAt' } = {
  handle: 'dueAt',
  part: 'dueAt',
  sign: 'signDueAt',
}

/** When a matter's orders are due by its clocks. */
export const duesOf = ({ clocks }: Pick<Issue, 'clocks'>): Due[] => {
  const dues = new Map<string | null, Due>()
  for (const clock of clocks) {
    const field = FIELDS[clock.clock]
    if (!field) continue
    const due = dues.get(clock.about) ?? { unitId: clock.about, dueAt: null, signDueAt: null }
    dues.set(clock.about, { ...due, [field]: dueOf(clock).toISOString() })
  }
  return [...dues.values()]
}
