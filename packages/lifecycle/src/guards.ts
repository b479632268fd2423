import { DELIBERATE_GUARDS } from './guards/deliberate.ts'
import { DUTY_GUARDS } from './guards/duty.ts'
import { EVALUATE_GUARDS } from './guards/evaluate.ts'
import { HANDLE_GUARDS } from './guards/handle.ts'
import { PART_GUARDS } from './guards/parts.ts'
import { PROTECT_GUARDS } from './guards/protect.ts'
import { RAISE_GUARDS } from './guards/raise.ts'

export type { Guard } from './guards/guard.ts'

/** Every condition a row of the tables can name, by the stage it belongs to. */
export const GUARDS = {
  ...RAISE_GUARDS,
  ...DELIBERATE_GUARDS,
  ...HANDLE_GUARDS,
  ...PART_GUARDS,
  ...DUTY_GUARDS,
  ...EVALUATE_GUARDS,
  ...PROTECT_GUARDS,
}
export type GuardCode = keyof typeof GUARDS
