import { routes } from '@tongxin/client'
import type { Category, Region, Unit } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { api } from '../../api.ts'
import { sayUnread } from '../../loading/unread.ts'
import { lastSeen } from '../../offline/last-seen.ts'
import { everyPage } from './every-page.ts'

type Names = [regions: Region[], categories: Category[], units: Unit[]]

const readNames = (community: string): Promise<Names> =>
  lastSeen(`directory ${community}`, () =>
    Promise.all([
      everyPage((cursor) => api.call(routes.regions.listRegions, { query: { under: community, limit: 100, cursor } })),
      everyPage((cursor) => api.call(routes.categories.listCategories, { query: { limit: 100, cursor } })),
      everyPage<Unit>((cursor) =>
        api.call(routes.units.listUnits, { query: { region: community, limit: 100, cursor } }),
      ),
    ]),
  )

/** Names of places, units and categories of one community: small tables that every page shows, read once. */
export const useDirectory = defineStore('directory', () => {
  let community: string | undefined
  let reading: Promise<void> | undefined
  const names = useLoading(async (): Promise<Names | undefined> => {
    const of = community
    if (of === undefined) return undefined
    const found = await readNames(of).catch((error: unknown) => {
      if (of === community) throw error
    })
    // Somebody else works here by now.
    return of === community ? found || undefined : undefined
  })

  /** Until they come, and where they do not, codes stand for them; that they do not the page says itself. */
  const load = (of: string): Promise<void> => {
    if (of === community && reading) return reading
    community = of
    const mine = names.reload().finally(() => {
      // Tried again for the next who asks.
      if (reading === mine && names.problem.value) reading = undefined
    })
    reading = mine
    return mine
  }
  /**
   * For what makes no sense without them.
   * @throws ApiProblem
   */
  const need = async (of: string): Promise<void> => {
    await load(of)
    if (names.problem.value) throw names.problem.value
  }

  /** Read anew for the next who works here, and kept for them. */
  const forget = () => {
    community = undefined
    reading = undefined
    names.data.value = undefined
    names.problem.value = undefined
  }

  /** What was changed in the settings is read anew. */
  const reload = async (): Promise<void> => {
    reading = undefined
    if (community !== undefined) await load(community)
  }
  sayUnread({ ...names, reload }, { form: () => true })

  const regions = computed(() => names.data.value?.[0] ?? [])
  const categories = computed(() => names.data.value?.[1] ?? [])
  const units = computed(() => names.data.value?.[2] ?? [])
  const regionNames = computed(() => new Map(regions.value.map((region) => [region.code, region.name])))
  const named = computed(() => Map.groupBy(regions.value, ({ level, name }) => `${level} ${name}`))
  const categoriesByCode = computed(() => new Map(categories.value.map((category) => [category.code, category])))
  const unitNames = computed(() => new Map(units.value.map((unit) => [unit.id, unit.name])))

  return {
    load,
    need,
    reload,
    forget,
    regions,
    categories,
    units,
    grids: computed(() => regions.value.filter((region) => region.level === 'grid')),
    buildings: computed(() => regions.value.filter((region) => region.level === 'building')),
    category: (code: string) => categoriesByCode.value.get(code),
    categoryName: (code: string | null) => (code === null ? '' : (categoriesByCode.value.get(code)?.name ?? code)),
    regionName: (code: string | null) => (code === null ? '' : (regionNames.value.get(code) ?? code)),
    /** A building by its name, and by its code as well where another has the same. */
    buildingLabel: (code: string, name: string): string =>
      (named.value.get(`building ${name}`)?.length ?? 0) > 1 ? `${name} (${code})` : name,
    unitName: (id: string | null) => (id === null ? '' : (unitNames.value.get(id) ?? id.slice(0, 8))),
  }
})
