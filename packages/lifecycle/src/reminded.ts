import type { ClockCode } from './clocks.ts'

/** `on_duty`: whoever is on duty, the officers where nobody is; `lead`: the unit that leads; `unit`: the one the clock is about; `called`: the unit of the street that was called. */
export type Reminded = 'on_duty' | 'officer' | 'secretary' | 'street' | 'lead' | 'unit' | 'called'

/** Beside those the ladder names, who has the clock's work in hand: of a clock about a unit that unit. */
const AT_WORK: { readonly [C in ClockCode]?: Reminded } = {
  sign: 'lead',
  handle: 'lead',
  part: 'unit',
  report_in: 'called',
}
const LADDER: Readonly<Record<string, Reminded>> = { officer: 'officer', secretary: 'secretary', supervisor: 'street' }

export interface Reminder {
  clock: ClockCode
  about: string | null
  level: number
  to: string
}

/** Who is told when a clock reaches one of its steps. Of a matter that nobody has contacted yet whoever is on duty is told first. */
export const remindedOf = ({ clock, about, to, level }: Reminder): readonly Reminded[] => {
  const ladder = LADDER[to] ?? 'officer'
  const first = clock === 'contact' && ladder === 'officer' ? 'on_duty' : ladder
  const atWork = clock === 'sign' && about !== null ? 'unit' : AT_WORK[clock]
  return level <= 2 && atWork ? [first, atWork] : [first]
}
