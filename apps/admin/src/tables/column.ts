import type { RouteLocationRaw } from 'vue-router'

/** What one column of a table says of each row; a cell that is more than words and a link is drawn in the slot of its key. */
export interface Column<Row, Key extends string = string> {
  key: Key
  label: string
  /** Said with the label: what its cells are made of. */
  note?: string
  /** A figure: to the right, where it is compared digit by digit. */
  number?: true
  /** Stands back behind the others. */
  quiet?: true
  width?: string
  /** Names the row. */
  rowHead?: true
  /** Its words are kept on one line. */
  whole?: true
  text?: (row: Row) => string | number
  /** Where the words lead to, if anywhere. */
  to?: (row: Row) => RouteLocationRaw | null
  /** Whether it is one to look after. */
  warns?: (row: Row) => boolean
  /** From 0 to 1: drawn as a bar in place of words, for the eye alone and where there is room. */
  share?: (row: Row) => number
}
