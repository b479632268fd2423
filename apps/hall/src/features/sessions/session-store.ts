import { type CallResult, routes } from '@tongxin/client'
import type { Region, sessionRoutes } from '@tongxin/contract'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api } from '../../api.ts'

type Me = CallResult<typeof sessionRoutes.me>

const KEY = 'tongxin.hall.community'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const communities = shallowRef<Region[]>([])
  const chosen = ref(localStorage.getItem(KEY))
  let restoring: Promise<void> | undefined
  let finding: Promise<void> | undefined

  const own = computed(() =>
    me.value?.grants.map(({ regionCode }) => regionCode.slice(0, 12)).find((code) => code.length === 12),
  )
  const community = computed(() => {
    const known = (code: string | null | undefined) => communities.value.some((each) => each.code === code)
    if (known(chosen.value)) return chosen.value
    return known(own.value) ? (own.value ?? null) : (communities.value[0]?.code ?? null)
  })
  const isMember = computed(
    () => me.value?.grants.some(({ role }) => role === 'representative' || role === 'party_member') === true,
  )
  const choose = (code: string) => {
    chosen.value = code
    localStorage.setItem(KEY, code)
  }

  /** The communities served here; asked for once, and again after a failure. */
  const findCommunities = () => {
    finding ??= api
      .call(routes.regions.listRegions, { query: { level: 'community', limit: 100 } })
      .then(({ items }) => {
        communities.value = items
      })
      .catch((error) => {
        finding = undefined
        throw error
      })
    return finding
  }
  const readMe = async () => {
    me.value = await api.call(routes.sessions.me)
  }
  const restore = () => {
    restoring ??= api.restore().then((renewed) => (renewed ? readMe() : undefined))
    return restoring
  }
  const signInByPhone = async (phone: string, code: string) => {
    await api.signInByPhone(phone, code)
    await readMe()
  }
  const signIn = async (username: string, password: string) => {
    await api.signIn(username, password)
    await readMe()
  }
  const forget = () => {
    me.value = null
  }
  const signOut = async () => {
    try {
      await api.signOut()
    } finally {
      forget()
    }
  }
  return {
    me,
    communities,
    community,
    isMember,
    choose,
    findCommunities,
    restore,
    signInByPhone,
    signIn,
    signOut,
    forget,
  }
})
