import { dueOf, type Issue } from '@tongxin/lifecycle'

/** When a matter's orders are due by its clocks: the parts by their unit, the lead's without one. */
export const duesOf = ({ clocks }: Pick<Issue, 'clocks'>): { unitId: string | null; dueAt: string }[] =>
  clocks
    .filter(({ clock }) => clock === 'handle' || clock === 'part')
    .map((clock) => ({ unitId: clock.about, dueAt: dueOf(clock).toISOString() }))
