import { ApiProblem } from '@tongxin/client'
import { shallowRef } from 'vue'

/** A text that the server took for personal data, until whoever wrote it has looked. `ReviewDialog` shows it. */
export const doubted = shallowRef<{ proposals: readonly string[]; settle: (asItIs: boolean) => void } | null>(null)

/**
 * Sends what the public will read. Where the server doubts it, asks whoever wrote it, and sends it once more when they stand by it.
 * @throws what the server refused, also when they would rather change it
 */
export async function reviewed<T>(send: (reviewed: boolean) => Promise<T>): Promise<T> {
  try {
    return await send(false)
  } catch (error) {
    if (!(error instanceof ApiProblem && error.reason === 'personal_data')) throw error
    const proposals = error.errors.map(({ message }) => message)
    const asItIs = await new Promise<boolean>((settle) => {
      doubted.value = { proposals, settle }
    })
    doubted.value = null
    if (!asItIs) throw error
  }
  return send(true)
}
