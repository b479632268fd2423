const PREFIX = 'tongxin.draft.'
const DAY = 86_400_000
/** After that whoever wrote it has done it some other way. */
const KEPT_FOR = 7 * DAY

export interface Draft<T> {
  /** ISO 8601, when it was last written to. */
  at: string
  content: T
}

const read = (key: string): Draft<unknown> | null => {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft<unknown> | null
    return draft && Date.now() - Date.parse(draft.at) < KEPT_FOR ? draft : null
  } catch {
    return null
  }
}
const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))

/** What was left unsent under this name on this device within the last seven days. */
export const draftOf = <T>(name: string): Draft<T> | null => read(PREFIX + name) as Draft<T> | null

/** Keeps it on this device until it is sent, its writer signs out, or seven days have passed. A full store keeps nothing, and nobody is troubled. */
export const keepDraft = (name: string, content: unknown): void => {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: new Date().toISOString(), content }))
  } catch {}
}

export const dropDraft = (name: string): void => localStorage.removeItem(PREFIX + name)

/** Whoever uses the device next finds nothing of what was being written. */
export const dropDrafts = (): void => {
  for (const key of keys()) localStorage.removeItem(key)
}

/** Those that are too old go. */
export const sweepDrafts = (): void => {
  for (const key of keys()) if (read(key) === null) localStorage.removeItem(key)
}
