/**
 * The lines of the list on this page: a page marks the link that opens a line with `data-row`, and keys then go from line to line.
 * Lines that are not shown do not count.
 */
const rows = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter((row) => row.checkVisibility())

/** Goes `by` lines on, from the first one if none has the focus; `false` where there is no list. */
export function moveInRows(by: 1 | -1): boolean {
  const all = rows()
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
  next?.focus()
  return next !== undefined
}

/** Opens the line that has the focus; `false` where none has. */
export function openRow(): boolean {
  const row = document.activeElement
  if (!(row instanceof HTMLElement) || row.dataset.row === undefined) return false
  row.click()
  return true
}
