import type { commandsZh, keyboardZh } from './commands.zh.ts'

export const commandsEn: typeof commandsZh = {
  open: 'Search and go',
  field: 'A page, an action, or a matter’s number or words',
  list: 'Pages, matters and actions to choose from',
  recent: 'Used lately',
  sections: 'Pages',
  actions: 'Actions',
  matters: 'Matters',
  waiting: 'Looking for matters…',
  nothing: 'Nothing found',
  found: '{count} found; arrow keys choose, Enter opens',
  failed: 'Matters could not be searched: ',
  language: 'Language: {language}',
}

export const keyboardEn: typeof keyboardZh = {
  palette: 'Search and go',
  sheet: 'Keyboard shortcuts',
  close: 'Close',
  nextRow: 'Next line of a list',
  rowBefore: 'Line before',
  openRow: 'Open the line',
  next: 'then',
  under: { anywhere: 'On every page', lists: 'Lists', go: 'Go to' },
  characters: 'Single-key shortcuts',
  turn: { on: 'Turn single-key shortcuts on', off: 'Turn single-key shortcuts off' },
  about:
    'Single keys do nothing while you fill in a field, have a form open or use an input method. Turned off, only those with Ctrl or ⌘ remain. Kept on this device only.',
}
