import { ApiProblem, type ClientRoute, routes, unreachable } from '@tongxin/client'
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import { api } from '../api.ts'
import { announce } from '../appearance/announce.ts'
import { draftOf, keepDraft, takeDraft } from '../drafts/drafts.ts'
import { useSession } from '../features/sessions/index.ts'
import { i18n } from '../locales/index.ts'
import { connected, isUnreached } from '../offline/connection.ts'
import { readDevicePhoto } from '../photos/device-photos.ts'
import { type Act, devicePhotosIn, isSure, type KeptAct, nextOf, verdictOn, withUploaded } from './acts.ts'
import { inHand } from './in-hand.ts'
import { actsToSend, deleteAct, onceSent, putAct, sweepActs, whileSending } from './kept-acts.ts'
import type { Delivery } from './send.ts'
import { underWay, unsent } from './unsent.ts'

/** A thin line may take this long for an answer; after that nobody is there. */
const ANSWER_MS = 20_000
const PHOTO_MS = 120_000
const AGAIN_MS = [5_000, 15_000, 30_000, 60_000]
/** One page of the browser sends at a time. */
const LOCK = 'tongxin-outbox'

export interface SentAct {
  id: string
  title: string
  what: Act['what']
  page: string
}

type Table = Record<string, Record<string, ClientRoute>>

const call = ({ id, route: [feature, name], params, body, ifMatch }: Act) =>
  api.call(
    (routes as unknown as Table)[feature]?.[name] as ClientRoute,
    { params, body, ifMatch, idempotencyKey: id, signal: AbortSignal.timeout(ANSWER_MS) } as never,
  )

/** From here on it is told by what waits, and no draft, or its form would offer it a second time. @returns what gives it back to its form */
const takeOn = ({ draft }: Act) => (draft ? takeDraft(draft.name, draft.rest) : () => {})

/**
 * Straight from its form, and written down before: where the page is killed before the answer is there, it is found here and sent with the
 * same key. `begun`: others of the browser may be told of it.
 */
const sendStraight = (act: KeptAct, begun: () => void) =>
  whileSending(act.id, async () => {
    const isWritten = await putAct(act).then(
      () => true,
      () => false,
    )
    // A device that keeps nothing sends it all the same, and has nothing but the draft where the page is killed.
    const giveBack = isWritten ? takeOn(act) : () => {}
    if (isWritten) begun()
    underWay.value += 1
    try {
      const answer = await call(act)
      if (!isWritten) takeOn(act)
      await deleteAct(act).catch(() => undefined)
      return answer
    } catch (error) {
      giveBack()
      if (!isUnreached(error)) await deleteAct(act).catch(() => undefined)
      throw error
    } finally {
      underWay.value -= 1
    }
  })

/** A matter has a number, and a page of its own, only once it was sent. */
function sentOf({ id, title, what, page }: Act, answer: unknown): SentAct {
  if (what !== 'raise') return { id, title, what, page }
  const receipt = answer as { id: string; number: string }
  return { id, title: `${receipt.number} ${title}`, what, page: `/issues/${receipt.id}` }
}

/** What was done without a signal, and sending it. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  /** Of who is signed in, as they were done. */
  const acts = shallowRef<readonly KeptAct[]>([])
  /** Sent since this page was opened; the last one first. */
  const sent = shallowRef<readonly SentAct[]>([])
  const sending = ref(false)
  const others = new BroadcastChannel('tongxin.outbox')
  /** What came of those that were sent for a form that is still open. */
  const outcomes = new Map<string, { answer: unknown } | { refusal: ApiProblem }>()
  /** Sent by a form of this page, or waited for already. */
  const looked = new Set<string>()
  let failures = 0
  let again: ReturnType<typeof setTimeout> | undefined

  const load = async () => {
    const of = session.me?.personId
    const { waiting, fromForms } = await actsToSend()
    acts.value = waiting.filter(({ personId }) => personId === of)
    unsent.value = acts.value.length
    for (const { id } of fromForms) takeOnWhatIsLeft(id)
  }
  const changed = async () => {
    await load()
    others.postMessage('changed')
  }
  const put = async (act: KeptAct) => {
    await putAct(act)
    await changed()
    return act
  }
  const find = (id: string) => acts.value.find((act) => act.id === id)
  /** Only while it is kept: what was discarded meanwhile, or whose writer has gone, is not put back. */
  const update = async (act: KeptAct) => (find(act.id) ? put(act) : act)

  /** Photos first: what is done with them names them. */
  const withPhotos = async (act: KeptAct): Promise<KeptAct> => {
    let now = act
    for (const name of devicePhotosIn(act.body)) {
      if (now.uploaded[name]) continue
      const { photo, name: fileName } = await readDevicePhoto(name)
      const { id } = await api.call(routes.attachments.upload, {
        body: { communityCode: act.community },
        file: photo,
        fileName,
        signal: AbortSignal.timeout(PHOTO_MS),
      } as never)
      now = await update({ ...now, uploaded: { ...now.uploaded, [name]: id } })
    }
    return now
  }

  /** @returns whether the next one may be tried */
  const attempt = async (kept: KeptAct): Promise<boolean> => {
    if (!isSure(kept, Date.now())) {
      await update({ ...kept, state: 'unsure' })
      return true
    }
    let act = kept
    let answer: unknown
    try {
      act = await withPhotos(act)
      act = await update({ ...act, triedAt: act.triedAt ?? Date.now() })
      // Its photos took their time: it may have been discarded, or somebody else have signed in.
      if (!find(act.id)) return true
      answer = await call({ ...act, body: withUploaded(act.body, act.uploaded) })
    } catch (error) {
      // With the photos that did arrive.
      act = find(act.id) ?? act
      const verdict = error instanceof ApiProblem ? verdictOn(error, act) : 'refused'
      if (verdict === 'later' || verdict === 'sign_in') {
        // Not heard, or not let in: neither did anything.
        if (error instanceof ApiProblem && !isUnreached(error)) await update({ ...act, triedAt: kept.triedAt })
        return false
      }
      if (verdict === 'photos_again') {
        await update({ ...act, uploaded: {}, triedAt: undefined })
        return true
      }
      if (error instanceof ApiProblem && error.errors.some(({ path }) => path === `body.${act.deviceTime}`)) {
        const { [act.deviceTime ?? '']: _, ...body } = act.body
        await update({ ...act, body, deviceTime: undefined, triedAt: undefined })
        return true
      }
      if (error instanceof ApiProblem) outcomes.set(act.id, { refusal: error })
      const { code, message, title } =
        error instanceof ApiProblem
          ? error
          : {
              code: 'unreadable' as const,
              message: i18n.global.t('outbox.photoGone'),
              title: i18n.global.t('outbox.photoGone'),
            }
      await update({ ...act, state: 'refused', triedAt: undefined, problem: { code, message, title } })
      return true
    }
    await deleteAct(act)
    outcomes.set(act.id, { answer })
    sent.value = [sentOf(act, answer), ...sent.value]
    await changed()
    return true
  }

  /** A photo that is sent without a session would be taken as a guest's; and somebody else may have signed in meanwhile. */
  const isOf = async (personId: string): Promise<boolean> => {
    try {
      const self = await api.call(routes.sessions.me)
      return self.personId === personId && session.me?.personId === personId
    } catch {
      return false
    }
  }
  const tryLater = () => {
    again = setTimeout(() => flushAndTell().catch(() => undefined), AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)])
    failures += 1
  }

  /** Sends what can be sent. */
  const flush = (): Promise<void> =>
    navigator.locks.request(LOCK, async () => {
      clearTimeout(again)
      await load()
      const first = nextOf(acts.value)
      if (!connected.value || !first) return
      sending.value = true
      try {
        if (!(await isOf(first.personId))) return tryLater()
        for (let act = nextOf(acts.value); act?.personId === first.personId; act = nextOf(acts.value)) {
          if (!(await attempt(act))) return tryLater()
          failures = 0
        }
      } finally {
        sending.value = false
      }
    })

  /** What was sent by itself is told. */
  const flushAndTell = async () => {
    const before = sent.value.length
    await flush()
    const [last] = sent.value
    if (last && sent.value.length > before) announce(i18n.global.t('outbox.sentNow', { title: last.title }))
  }

  /** What another page leaves that is closed while it sends is taken on here, where no other page may be opened for hours. */
  const takeOnWhatIsLeft = (id: string) => {
    if (looked.has(id)) return
    looked.add(id)
    void onceSent(id)
      .finally(() => looked.delete(id))
      .then(load)
      .then(() => (find(id) ? flushAndTell() : undefined))
      .catch(() => undefined)
  }

  const send = async (given: Act): Promise<Delivery> => {
    // What a form holds is watched by it, and cannot be kept so.
    const act = JSON.parse(JSON.stringify(given)) as Act
    // Of whoever pressed the button: an answer may be waited for longer than they stay.
    const personId = session.me?.personId
    await ready
    if (personId === undefined) throw unreachable(new Error('nobody is signed in'))
    const kept: KeptAct = { ...act, personId, pressedAt: Date.now(), uploaded: {}, state: 'waiting' }
    const isFree = !acts.value.some(({ subject }) => subject === act.subject) && devicePhotosIn(act.body).length === 0
    if (connected.value && isFree) {
      kept.triedAt = kept.pressedAt
      looked.add(act.id)
      try {
        return { kept: false, answer: await sendStraight(kept, () => others.postMessage('changed')) }
      } catch (error) {
        if (!isUnreached(error)) throw error
      } finally {
        looked.delete(act.id)
      }
    }
    await put(kept)
    const giveBack = takeOn(act)
    if (connected.value) await flush()
    const left = acts.value.find(({ id }) => id === act.id)
    const outcome = outcomes.get(act.id)
    outcomes.delete(act.id)
    if (outcome && 'answer' in outcome) return { kept: false, answer: outcome.answer }
    if (!left || !outcome) return { kept: true }
    // Its form is still open, and shows why.
    await deleteAct(left, false)
    giveBack()
    await changed()
    throw outcome.refusal
  }

  /** Its writer has looked, and wants it sent all the same. */
  const retry = async (id: string) => {
    const act = find(id)
    if (act) await put({ ...act, state: 'waiting', triedAt: undefined, problem: undefined })
    await flushAndTell()
  }
  const discard = async (id: string) => {
    const act = find(id)
    if (act) await deleteAct(act)
    await changed()
    await flushAndTell()
  }
  /**
   * It becomes what is written into its form, to be gone over there; false where something else is written there already. Where matters are
   * raised there is room for it beside that.
   */
  const takeBack = async (id: string): Promise<boolean> => {
    const act = find(id)
    if (!act?.draft) return false
    const { name, content } = act.draft
    const isRaised = act.what === 'raise'
    if (!isRaised && draftOf(name) !== null) return false
    const kept = isRaised ? `${name}.${id}` : name
    keepDraft(kept, content)
    // A full store keeps nothing: then it stays here.
    if (draftOf(kept) === null) return false
    inHand.value = act
    await deleteAct(act, false)
    await changed()
    void flushAndTell()
    return true
  }

  others.addEventListener('message', () => void load().catch(() => undefined))
  watch(connected, (now) => now && flushAndTell().catch(() => undefined))
  const begin = async () => {
    await sweepActs().catch(() => undefined)
    await load().catch(() => undefined)
  }
  let ready = begin()
  watch(
    () => session.me?.personId,
    () => {
      // What one person sent is not shown to the next.
      sent.value = []
      outcomes.clear()
      ready = load().catch(() => undefined)
      if (session.me) void ready.then(flushAndTell).catch(() => undefined)
    },
  )
  void ready.then(() => (unsent.value > 0 ? flushAndTell() : undefined)).catch(() => undefined)

  return { acts, sent, sending, send, retry, discard, takeBack }
})
