import { ApiProblem, routes } from '@tongxin/client'
import type { Permission } from '@tongxin/contract'
import { isStaffRole, ROLES, type Role } from '@tongxin/lifecycle'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { api, sessionEnded } from '../../api.ts'
import { dropDrafts } from '../../drafts/drafts.ts'
import { connected, isUnreached } from '../../offline/connection.ts'
import { patiently, readAs } from '../../offline/last-seen.ts'
import { forgetSelf, keepSelf, keptSelf, onOtherSelf, type Self, setLeft, whoLeft } from './kept-self.ts'

const KEY = 'tongxin.community'
const isRole = (code: string): code is Role => Object.hasOwn(ROLES, code)
/** A grant of a grid or building stands in its community; one of a street or district covers several. */
const communityOf = (regionCode: string) => (regionCode.length >= 12 ? regionCode.slice(0, 12) : null)

const dropPhotosOfDrafts = async () => (await import('../../outbox/kept-acts.ts')).sweepActs(true)

export const useSession = defineStore('session', () => {
  const me = shallowRef<Self['me'] | null>(null)
  /** Communities under the grants that reach above one, found when such a person signs in. */
  const below = ref<string[]>([])
  const chosen = ref(localStorage.getItem(KEY))
  let restoring: Promise<void> | undefined

  const staffGrants = computed(() =>
    (me.value?.grants ?? []).filter((grant) => isRole(grant.role) && isStaffRole(grant.role)),
  )
  const isStaff = computed(() => staffGrants.value.length > 0)
  const roles = computed(() => [...new Set((me.value?.grants ?? []).map((grant) => grant.role).filter(isRole))])
  const communities = computed(() => {
    const own = staffGrants.value.map((grant) => communityOf(grant.regionCode)).filter((code) => code !== null)
    return [...new Set([...own, ...below.value])].sort()
  })
  const community = computed(() => {
    const kept = chosen.value
    return kept !== null && communities.value.includes(kept) ? kept : (communities.value[0] ?? null)
  })

  const choose = (code: string) => {
    chosen.value = code
    localStorage.setItem(KEY, code)
  }
  const may = (permission: Permission) => me.value?.permissions.includes(permission) === true
  /** Matters may wait for them, or what is proposed. */
  const hasWorkbench = computed(() => may('workbench.read') || may('grants.read'))
  const holds = (...wanted: Role[]) => wanted.some((role) => roles.value.includes(role))

  watch(me, (now) => readAs(now?.personId), { flush: 'sync' })
  // On another page of the browser they signed out, or somebody else signed in: nothing of theirs is shown or kept here any more.
  onOtherSelf((personId) => {
    if (me.value !== null && me.value.personId !== personId) sessionEnded.value += 1
  })

  const readMe = async () => {
    const answer = await api.call(routes.sessions.me)
    const wide = answer.grants.filter(
      (grant) => isRole(grant.role) && isStaffRole(grant.role) && grant.regionCode.length < 12,
    )
    const found = await Promise.all(
      wide.map((grant) =>
        api.call(routes.regions.listRegions, { query: { under: grant.regionCode, level: 'community', limit: 100 } }),
      ),
    )
    below.value = found.flatMap((page) => page.items.map((region) => region.code))
    me.value = answer
    await keepSelf({ me: answer, below: below.value })
  }

  const renew = async () => {
    const renewed = await api.restore()
    const left = whoLeft()
    // Somebody else may have signed in since, in the hall of this device.
    if (renewed && (left === null || (await api.call(routes.sessions.me)).personId !== left)) {
      setLeft(null)
      return readMe()
    }
    if (renewed) await api.signOut()
    setLeft(null)
    await forgetSelf()
    if (me.value !== null) sessionEnded.value += 1
  }
  /** Without a signal whoever was signed in goes on with what they saw; the server is asked once it can be. */
  const goOn = async (error: unknown, renewing: Promise<void>) => {
    const self = isUnreached(error) && whoLeft() === null ? keptSelf() : null
    if (self === null) return renewing
    below.value = self.below
    me.value = self.me
    watch(connected, () => renew().catch(() => undefined), { once: true })
  }
  /** Renews the session once when the page opens; later calls wait for the same answer. */
  const restore = () => {
    if (restoring) return restoring
    const renewing = renew()
    restoring = patiently(renewing).catch((error) => goOn(error, renewing))
    return restoring
  }
  const entered = async () => {
    setLeft(null)
    await readMe()
  }
  const signIn = async (username: string, password: string) => {
    await api.signIn(username, password)
    await entered()
  }
  const signInByPhone = async (phone: string, code: string) => {
    await api.signInByPhone(phone, code)
    await entered()
  }
  const forget = async () => {
    const of = me.value?.personId
    me.value = null
    below.value = []
    await forgetSelf(of)
  }
  const signOut = async () => {
    const of = me.value?.personId ?? null
    try {
      await api.signOut()
    } catch (error) {
      // Whatever kept the server from ending it, next time it is ended first; unless it had ended already.
      setLeft(error instanceof ApiProblem && error.status === 401 ? null : of)
      throw error
    } finally {
      dropDrafts()
      await forget()
      await dropPhotosOfDrafts().catch(() => undefined)
    }
  }

  return {
    me,
    isStaff,
    roles,
    staffGrants,
    communities,
    community,
    choose,
    may,
    hasWorkbench,
    holds,
    restore,
    signIn,
    signInByPhone,
    signOut,
    forget,
  }
})
