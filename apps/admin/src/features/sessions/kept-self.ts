import type { CallResult } from '@tongxin/client'
import type { sessionRoutes } from '@tongxin/contract'

export interface Self {
  me: CallResult<typeof sessionRoutes.me>
  /** Communities under the grants that reach above one. */
  below: string[]
}

const KEY = 'tongxin.self'
/** Of whoever signed out where the server could not be told. */
const LEFT = 'tongxin.left'
const KEPT_FOR_MS = 24 * 3_600_000

/** Who was signed in here within the last day: so long the console opens for them without a signal. */
export function keptSelf(): Self | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as (Self & { at: number }) | null
    return kept && Date.now() - kept.at < KEPT_FOR_MS ? kept : null
  } catch {
    return null
  }
}

const forgetSeen = async () => (await import('../../offline/seen-store.ts')).forgetSeen()

/** What was kept for somebody else is not for this one. */
export async function keepSelf(self: Self): Promise<void> {
  const before = keptSelf()
  if (before !== null && before.me.personId !== self.me.personId) await forgetSelf()
  localStorage.setItem(KEY, JSON.stringify({ ...self, at: Date.now() }))
}

const personIn = (kept: string | null): string | undefined => {
  try {
    return (JSON.parse(kept ?? 'null') as Self | null)?.me.personId
  } catch {
    return undefined
  }
}

/** Together with all they saw. `personId`: unless somebody else is kept by now. */
export async function forgetSelf(personId?: string): Promise<void> {
  const kept = personIn(localStorage.getItem(KEY)) ?? personId
  if (kept === undefined || (personId !== undefined && kept !== personId)) return
  localStorage.removeItem(KEY)
  await forgetSeen()
}

export const whoLeft = (): string | null => localStorage.getItem(LEFT)
export const setLeft = (personId: string | null): void =>
  personId === null ? localStorage.removeItem(LEFT) : localStorage.setItem(LEFT, personId)

/** Hears who is signed in when another page of the browser changes it; undefined where nobody is. */
export const onOtherSelf = (heard: (personId: string | undefined) => void): void =>
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY) heard(personIn(newValue))
  })
