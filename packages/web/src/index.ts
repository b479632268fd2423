/** What both web apps share and neither shows by itself: words, times, loading, and the forms of the lifecycle's actions. */
export * from './due.ts'
export * from './form-fields.ts'
export * from './time.ts'
export * from './use-loading.ts'
export * from './use-now.ts'
export * from './use-photo.ts'
export * from './use-problem-text.ts'
export * from './use-words.ts'
