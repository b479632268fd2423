export const settingsEn = {
  title: 'Settings',
  lead: 'Rules, people, grants and places: who may do what, and by which terms. Every change leaves a record.',
  region: 'Region',
  reason: 'Reason',
  reasonHint: 'For whoever looks this up later; it is kept with the change.',
  change: 'Change',
  history: 'History',
  saved: 'Saved',
}
