import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { countAttempt, uncountAttempt } from '../sessions/index.ts'

/**
 * Names and numbers tried until two fit would tell whose number it is. Only those that did not fit stay counted; a right one between them
 * takes nothing back.
 * @throws AppError too_many_attempts, and what `work` throws
 */
export const withoutGuessing = async <T>(deps: Deps, personId: string, work: () => Promise<T>): Promise<T> => {
  await countAttempt(deps, 'proxy_holder', personId)
  const isGuess = (error: unknown) => error instanceof AppError && error.details.reason === 'holder_unknown'
  try {
    const result = await work()
    await uncountAttempt(deps, 'proxy_holder', personId)
    return result
  } catch (error) {
    if (!isGuess(error)) await uncountAttempt(deps, 'proxy_holder', personId)
    throw error
  }
}
