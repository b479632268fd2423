import type { SheetError } from '@tongxin/contract'

/** What the server says of a file: all of it was written, or it was only looked at, with everything that is wrong. */
export interface SheetReport {
  applied: boolean
  errorCount: number
  errors: readonly SheetError[]
}
