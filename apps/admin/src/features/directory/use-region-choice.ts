import { routes } from '@tongxin/client'
import type { Permission, Region } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '../../api.ts'
import { sayUnread } from '../../loading/unread.ts'
import { useOffices, useSession } from '../sessions/index.ts'
import { useDirectory } from './directory-store.ts'

/**
 * The community the reader works in and what it lies in, the nearest first: those their offices reach with `permission`, all of them
 * without one. Which of them is looked at stands in the address.
 */
export function useRegionChoice(permission?: Permission) {
  const session = useSession()
  const directory = useDirectory()
  const route = useRoute()
  const router = useRouter()
  const { offices } = useOffices(() => permission ?? 'public.read')
  const places = shallowRef<readonly Region[]>([])

  const chain = computed(() => {
    const code = session.community ?? session.staffGrants[0]?.regionCode ?? ''
    return [12, 9, 6].filter((length) => length <= code.length).map((length) => code.slice(0, length))
  })
  const choices = computed(() => {
    if (permission === undefined) return chain.value
    const held = chain.value.filter((code) => offices.value.some((office) => code.startsWith(office)))
    // Whoever's office is one grid looks at their part of the community: the server keeps to it.
    return held.length > 0 ? held : chain.value.slice(0, 1)
  })
  const region = computed(() => {
    const asked = String(route.query.region ?? '')
    return choices.value.includes(asked) ? asked : (choices.value[0] ?? '')
  })
  const choose = (code: string) => router.replace({ query: code === choices.value[0] ? {} : { region: code } })

  const named = sayUnread(
    useLoading(async () => {
      const asked = chain.value.map((code) => api.call(routes.regions.readRegion, { params: { code } }))
      const read = await Promise.allSettled(asked)
      // Without its name a place is called by its code.
      places.value = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      await Promise.all(asked)
    }),
  )
  watch(
    () => chain.value.join(),
    () => {
      if (session.community) void directory.load(session.community)
      void named.reload()
    },
    { immediate: true },
  )
  const nameOf = (code: string | null): string =>
    places.value.find((place) => place.code === code)?.name ?? directory.regionName(code)

  return { region, choices, places, nameOf, choose }
}
