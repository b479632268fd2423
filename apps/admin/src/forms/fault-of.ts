import type { BodyField } from '@tongxin/client'

/** What is wrong with a value, as a word of `faults`, and the number that its words name. */
export type Fault =
  | { is: 'required' | 'choose' | 'too_long' }
  | { is: 'too_short' | 'too_few' | 'too_many'; count: number }

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** The first thing that the contract has against a value; what it says of its pattern only the server knows. */
export function faultOf(
  { type, least = 0, most = Number.POSITIVE_INFINITY }: BodyField,
  value: unknown,
  needed: boolean,
): Fault | undefined {
  if (isEmpty(value)) {
    if (!needed || (type === 'choices' && least === 0)) return undefined
    return { is: type === 'text' || type === 'integer' || type === 'number' ? 'required' : 'choose' }
  }
  if (typeof value === 'string' && type === 'text') {
    if (value.trim().length < least) return { is: 'too_short', count: least }
    // As the server counts: what stands around the text is not part of it.
    if (value.trim().length > most) return { is: 'too_long' }
  }
  if (Array.isArray(value)) {
    if (value.length < least) return { is: 'too_few', count: least }
    if (value.length > most) return { is: 'too_many', count: most }
  }
  return undefined
}
