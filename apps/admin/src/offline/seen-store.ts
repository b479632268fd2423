import { device } from './device-store.ts'

/** A working day: what is older has mostly been overtaken. */
const KEPT_FOR_MS = 24 * 3_600_000
const isFresh = ({ at }: { at: number }): boolean => Date.now() - at < KEPT_FOR_MS

/** Nobody is troubled where the device keeps nothing. */
const quietly = <T>(work: () => Promise<T>): Promise<T | undefined> => work().catch(() => undefined)

export const keepSeen = (name: string, personId: string, answer: object) =>
  quietly(async () => void (await (await device()).put('seen', { at: Date.now(), answer, personId }, name)))

/** What this person read last under this name within a day, and when (milliseconds). */
export const findSeen = (name: string, personId: string) =>
  quietly(async () => {
    const kept = await (await device()).get('seen', name)
    return kept?.personId === personId && isFresh(kept) ? kept : undefined
  })

export const dropSeen = (name: string) => quietly(async () => (await device()).delete('seen', name))

/** Whoever uses the device next finds nothing of what was looked at. */
export const forgetSeen = () => quietly(async () => (await device()).clear('seen'))

/** What is too old goes. */
export const sweepSeen = () =>
  quietly(async () => {
    const db = await device()
    for (const name of await db.getAllKeys('seen')) {
      const kept = await db.get('seen', name)
      if (kept && !isFresh(kept)) await db.delete('seen', name)
    }
  })
