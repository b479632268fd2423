import type { ImportKey } from './imports.queries.ts'

/** Over a meeting, or a night, and no longer. */
const KEPT_HOURS = 24

/** Until when a file that was checked can be written. */
export const keptUntil = (checkedAt: Date): Date => new Date(checkedAt.getTime() + KEPT_HOURS * 3_600_000)

/** What the encrypted file belongs to. */
export const fileContext = ({ communityCode, id }: ImportKey): string => `imports.file:${communityCode}-${id}`
