import type { Act } from './acts.ts'
import { useOutbox } from './outbox-store.ts'

/** `kept`: it waits on this device. */
export type Delivery = { kept: true } | { kept: false; answer: unknown }

/**
 * Sends what somebody did, or keeps it on this device where nobody can be reached and sends it as soon as there is a connection: once, and
 * after what was done to the same subject before.
 * @throws ApiProblem where the server refuses it: nothing is kept then
 * @throws DOMException QuotaExceededError where the device has no room for it
 */
export function sendOrKeep(act: Act): Promise<Delivery> {
  return useOutbox().send(act)
}

export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError'
