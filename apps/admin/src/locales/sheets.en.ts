export const sheetsEn = {
  template: 'Download a template',
  choose: 'Choose a file',
  checked: 'Checked; nothing has been written yet.',
  wrong:
    '{count} thing to mend; nothing was written. Mend the spreadsheet and choose it again. | {count} things to mend; nothing was written. Mend the spreadsheet and choose it again.',
  shown: 'The first {count}:',
  line: 'Line',
  column: 'Column',
  what: 'What to do',
  wholeLine: 'whole line',
}
