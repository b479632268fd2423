/** The address of a spreadsheet that holds nothing but its headers. The mark tells spreadsheet programs that it is UTF-8. */
export const sheetTemplate = (headers: readonly string[]): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${headers.join(',')}\r\n`)}`
