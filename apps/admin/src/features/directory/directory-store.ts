import { routes } from '@tongxin/client'
import type { Category, Region, Unit } from '@tongxin/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { api } from '../../api.ts'
import { connected } from '../../offline/connection.ts'
import { lastSeen, seenAt } from '../../offline/last-seen.ts'
import { everyPage } from './every-page.ts'

/** Names of places, units and categories of one community: small tables that every page shows, read once. */
export const useDirectory = defineStore('directory', () => {
  const regions = shallowRef<Region[]>([])
  const categories = shallowRef<Category[]>([])
  const units = shallowRef<Unit[]>([])
  let loaded: { community: string; work: Promise<void> } | undefined

  const load = (community: string): Promise<void> => {
    if (loaded?.community !== community) loaded = { community, work: read(community) }
    const mine = loaded
    return mine.work.catch((error) => {
      if (loaded === mine) loaded = undefined
      throw error
    })
  }

  /** Read anew for the next who works here, and kept for them. */
  const forget = () => {
    loaded = undefined
    show([[], [], []])
  }

  /** What was changed in the settings is read anew. */
  const reload = async (): Promise<void> => {
    const community = loaded?.community
    loaded = undefined
    if (community !== undefined) await load(community).catch(() => undefined)
  }

  const read = async (community: string) => {
    const found = await lastSeen(`directory ${community}`, () =>
      Promise.all([
        everyPage((cursor) =>
          api.call(routes.regions.listRegions, { query: { under: community, limit: 100, cursor } }),
        ),
        everyPage((cursor) => api.call(routes.categories.listCategories, { query: { limit: 100, cursor } })),
        everyPage<Unit>((cursor) =>
          api.call(routes.units.listUnits, { query: { region: community, limit: 100, cursor } }),
        ),
      ]),
    )
    // Another community was asked for meanwhile.
    if (loaded?.community !== community) return
    // Names that were seen last may have been overtaken.
    if (seenAt(found) !== '') watch(connected, reload, { once: true })
    show(found)
  }

  const show = ([places, classes, offices]: [Region[], Category[], Unit[]]) => {
    regions.value = places
    categories.value = classes
    units.value = offices
  }

  const regionNames = computed(() => new Map(regions.value.map((region) => [region.code, region.name])))
  const named = computed(() => Map.groupBy(regions.value, ({ level, name }) => `${level} ${name}`))
  const categoriesByCode = computed(() => new Map(categories.value.map((category) => [category.code, category])))
  const unitNames = computed(() => new Map(units.value.map((unit) => [unit.id, unit.name])))

  return {
    load,
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
