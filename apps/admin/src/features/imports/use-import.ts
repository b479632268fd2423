import { routes } from '@tongxin/client'
import type { ImportView } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { onScopeDispose, watch } from 'vue'
import { api } from '../../api.ts'

const AGAIN_MS = 1_000

export const isRunning = ({ state }: ImportView): boolean => state === 'waiting' || state === 'running'

/** One import, asked for anew until it is over. */
export function useImport(id: () => string) {
  const found = useLoading(() => api.call(routes.imports.readImport, { params: { id: id() } }))
  let again: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(again)
  watch(id, () => void found.reload(), { immediate: true })
  // Also after a reading that failed: what is running goes on, whoever watches it.
  const soon = () => {
    stop()
    if (found.data.value && isRunning(found.data.value))
      again = setTimeout(() => void found.refresh().finally(soon), AGAIN_MS)
  }
  watch(found.data, soon)
  onScopeDispose(stop)
  return found
}
