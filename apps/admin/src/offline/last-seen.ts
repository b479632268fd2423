import { unreachable } from '@tongxin/client'
import { connected, isUnreached, noAnswer } from './connection.ts'

/** So long a page waits for an answer before it shows what was seen last. */
const PATIENCE_MS = 5_000
const times = new WeakMap<object, number>()
const store = () => import('./seen-store.ts')

/** Whose reading is kept; nobody's before signing in and after signing out. */
let reader: string | undefined
export const readAs = (personId: string | undefined): void => {
  reader = personId
}

/** When it was seen (ISO 8601), of what is shown for want of an answer; '' for an answer of now. */
export function seenAt(answer: unknown): string {
  const at = typeof answer === 'object' && answer !== null ? times.get(answer) : undefined
  return at === undefined ? '' : new Date(at).toISOString()
}

/** Waits for an answer as long as whoever stands in a cellar would. @throws ApiProblem unreachable */
export async function patiently<T>(asked: Promise<T>): Promise<T> {
  let over: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, giveUp) => {
    over = setTimeout(() => {
      noAnswer()
      giveUp(unreachable(new Error('no answer in time')))
    }, PATIENCE_MS)
  })
  return Promise.race([asked, tooLong]).finally(() => clearTimeout(over))
}

/**
 * Reads, and keeps the answer on this device for pages that are used where there is no signal: there, what was read last is given instead,
 * for a day and until its reader signs out. `name` stands for what is asked. Never for answers that show a person's number or address in full.
 * `isShown`: the page has an answer already and says itself that it could not be read anew.
 */
export async function lastSeen<T extends object>(
  name: string,
  read: () => Promise<T>,
  isShown = () => false,
): Promise<T> {
  const by = reader
  const kept = async (): Promise<T | undefined> => {
    const found =
      by === undefined
        ? undefined
        : await store()
            .then(({ findSeen }) => findSeen(name, by))
            .catch(() => undefined)
    if (found) times.set(found.answer, found.at)
    return found?.answer as T | undefined
  }
  if (!connected.value && !isShown()) {
    const found = await kept()
    if (found) return found
  }
  const reading = read()
  reading.then(
    // An answer may come after its reader has gone, or somebody else has come.
    async (answer) => by !== undefined && by === reader && (await store()).keepSeen(name, by, answer),
    async (error) => isUnreached(error) || (await store()).dropSeen(name),
  )
  try {
    return await patiently(reading)
  } catch (error) {
    const found = isUnreached(error) && !isShown() ? await kept() : undefined
    if (found) return found
    // Where nothing is kept there is nothing to show meanwhile.
    return reading
  }
}
