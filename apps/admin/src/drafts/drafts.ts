const PREFIX = 'tongxin.draft.'
/** Differs after every signing out. */
const DROPPED = 'tongxin.drafts-dropped'
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

/** The names of those that wait beside the one of this name: for a form that has room for several. */
export const draftsBeside = (name: string): string[] =>
  keys()
    .map((key) => key.slice(PREFIX.length))
    .filter((each) => each.startsWith(`${name}.`))

const LOCK = 'tongxin-draft '

/** Until what it returns is called, or this page is closed, no other takes the draft for one that was left. */
export const holdDraft = (name: string): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  void navigator.locks.request(LOCK + name, () => promise).catch(() => undefined)
  return resolve
}

/** The names of the drafts that open pages hold. */
export const heldDrafts = async (): Promise<Set<string>> => {
  const { held = [] } = await navigator.locks.query()
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])))
}

/** Calls when another page of the browser writes under the name that this one does; @returns what ends that */
export const onWrittenElsewhere = (name: () => string, call: () => void): (() => void) => {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (newValue !== null && key === PREFIX + name()) call()
  }
  addEventListener('storage', hear)
  return () => removeEventListener('storage', hear)
}

export const dropDraft = (name: string): void => localStorage.removeItem(PREFIX + name)

/** Whoever uses the device next finds nothing of what was being written. */
export const dropDrafts = (): void => {
  for (const key of keys()) localStorage.removeItem(key)
  try {
    localStorage.setItem(DROPPED, crypto.randomUUID())
  } catch {}
}

/**
 * Out of its form's sight while it is sent, with `rest` in its place.
 * @returns what puts it back; not over what was written there meanwhile, nor once somebody has signed out, here or on another page
 */
export const takeDraft = (name: string, rest?: unknown): (() => void) => {
  const key = PREFIX + name
  const before = localStorage.getItem(key)
  if (before === null) return () => {}
  if (rest === undefined) dropDraft(name)
  else keepDraft(name, rest)
  const [left, dropped] = [localStorage.getItem(key), localStorage.getItem(DROPPED)]
  return () => {
    if (localStorage.getItem(key) !== left || localStorage.getItem(DROPPED) !== dropped) return
    try {
      localStorage.setItem(key, before)
    } catch {}
  }
}

/** Those that are too old go. */
export const sweepDrafts = (): void => {
  for (const key of keys()) if (read(key) === null) localStorage.removeItem(key)
}
