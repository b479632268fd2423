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
  watch(found.data, (now) => {
    stop()
    if (now && isRunning(now)) again = setTimeout(() => void found.refresh(), AGAIN_MS)
  })
  onScopeDispose(stop)
  return found
}
