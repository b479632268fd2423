import { ApiProblem, routes } from '@tongxin/client'
import type { Geometry, Region } from '@tongxin/contract'
import { ref } from 'vue'
import { api } from '../../api.ts'
import { useSaving } from '../../loading/use-saving.ts'

interface RegionChange {
  name?: string
  validTo?: string | null
  geometry?: Geometry | null
}

/** A change of a region as it was seen; `overtaken` when somebody changed it first. */
export function useRegionChange() {
  const { failure, busy, save } = useSaving()
  const overtaken = ref(false)
  const start = () => {
    failure.value = ''
    overtaken.value = false
  }
  /** @returns whether it was saved */
  async function change({ code, version }: Region, body: RegionChange): Promise<boolean> {
    overtaken.value = false
    const done = await save(async () => {
      try {
        await api.call(routes.regions.changeRegion, { params: { code }, ifMatch: version, body })
      } catch (error) {
        if (!(error instanceof ApiProblem && error.status === 412)) throw error
        overtaken.value = true
      }
    })
    return done && !overtaken.value
  }
  return { failure, busy, overtaken, start, change }
}
