import * as z from 'zod'

/** The codes of a table of words, as a schema. */
export const keysOf = <T extends string>(of: Record<T, unknown>) => z.enum(Object.keys(of) as [T, ...T[]])
