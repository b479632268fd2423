import { ApiProblem, type CallResult, routes } from '@tongxin/client'
import { issues as fields } from '@tongxin/client/fields'
import type { IssueDetail, issueRoutes, SimilarMatter } from '@tongxin/contract'
import { KINDS, type Kind, type URGENCIES } from '@tongxin/lifecycle'
import { serverNow, useProblemText, useWords } from '@tongxin/web'
import { computed, nextTick, onScopeDispose, reactive, type ShallowRef, shallowRef, watch } from 'vue'
import { api } from '../../api.ts'
import { announce, announceRefusal } from '../../appearance/announce.ts'
import { dropDraft, heldDrafts, onWrittenElsewhere } from '../../drafts/drafts.ts'
import { useDraft } from '../../drafts/use-draft.ts'
import { useForm } from '../../forms/use-form.ts'
import { connected } from '../../offline/connection.ts'
import { inHand } from '../../outbox/in-hand.ts'
import { isFull, sendOrKeep } from '../../outbox/send.ts'
import { useSession } from '../sessions/index.ts'
import { takenBack } from './taken-back.ts'
import { type Entry, usePasted } from './use-pasted.ts'

export const BY_PROXY = ['phone', 'walk_in', 'wechat_group', 'visit', 'patrol', 'neighbour', 'console'] as const

/** What was sent, for the receipt and the slip. */
export interface Sent {
  receipt: CallResult<typeof issueRoutes.raiseIssue>
  title: string
  at: string
  /** The matter it was to be merged into, and why it was not. */
  into: SimilarMatter | null
  refused: string
}

const blank = () => ({
  kind: 'problem' as Kind,
  visibility: KINDS.problem.visibility as 'public' | 'private',
  channel: 'phone' as (typeof BY_PROXY)[number],
  title: '',
  body: '',
  saidAt: undefined as string | undefined,
  categoryCode: undefined as string | undefined,
  urgency: undefined as keyof typeof URGENCIES | undefined,
  regionCode: undefined as string | undefined,
  place: '',
  name: '',
  phone: '',
  contactConsent: false,
  complainedUnitId: undefined as string | undefined,
  anonymous: false,
  photos: [] as string[],
})
export type IntakeFields = ReturnType<typeof blank>

/** The form in which staff raise a matter for somebody, with the drafts beside it that were read out of pasted text. */
export function useIntake(frame: Readonly<ShallowRef<HTMLElement | null>>) {
  const { t } = useWords()
  const session = useSession()
  const problemText = useProblemText()
  const form = reactive(blank())
  const pasted = usePasted()
  const { failure, busy, forget, submit } = useForm(frame, { send: () => send, fields: () => fields.raiseIssue })
  const sent = shallowRef<Sent | null>(null)
  /** The matter this one is the same as. */
  const same = shallowRef<SimilarMatter | null>(null)
  let keyed = { content: '', key: '' }

  /** Who it is for is not kept on the device, and is soon typed again. */
  const draft = useDraft(() => ({
    ...form,
    name: '',
    phone: '',
    entries: pasted.entries.value.map((entry) => ({
      ...entry,
      sender: null,
      supporters: [],
      ...(entry.filled && { filled: { ...entry.filled, phone: '' } }),
    })),
    current: pasted.current.value,
  }))

  watch(
    () => form.kind,
    (kind) => {
      form.visibility = KINDS[kind].visibility
      // A complaint is relayed: it names the unit it is about, and hands on no contact data.
      if (kind === 'complaint') form.contactConsent = false
      else form.complainedUnitId = undefined
    },
  )
  watch(
    () => form.visibility,
    (visibility) => {
      if (visibility === 'private') same.value = null
    },
  )

  /** Of the form's draft; where another page has it, this page's own stands beside it. */
  let ownName = ''
  async function restore() {
    ownName = `${session.me?.personId}.${session.community}.raise`
    const left = draft.open(ownName)
    if (left) {
      const { entries = [], current = null, ...fields } = left
      form.kind = fields.kind
      // What follows from the kind comes first, what was chosen otherwise after it.
      await nextTick()
      Object.assign(form, fields)
      pasted.restore(entries, current)
    }
    await takeIn()
  }
  const clear = () => {
    Object.assign(form, blank())
    same.value = null
    forget()
  }
  // What was begun for one community is not sent to another; it waits there.
  watch(
    () => session.community,
    (_, before) => {
      if (before === null) return
      draft.close()
      clear()
      pasted.restore([], null)
      restored = restore()
    },
  )
  const again = () =>
    draft.restart(() => {
      clear()
      pasted.restore([], null)
    })

  const isBlank = () => {
    const { channel: _, ...now } = form
    const { channel: __, ...none } = blank()
    return JSON.stringify(now) === JSON.stringify(none)
  }
  /** What stands in the form goes back to its draft, or becomes one: nothing that was typed is overwritten. */
  const putBack = () => {
    const { title, body, name, saidAt, ...filled } = form
    const written = { title, body, sender: name || null, saidAt: saidAt || null, filled: { ...filled } }
    if (pasted.current.value !== null) pasted.change(pasted.current.value, written)
    else if (!isBlank()) pasted.add(written)
  }
  /** Not while one is being sent: what comes of it is that one's. */
  const take = async (entry: Entry) => {
    if (busy.value) return
    putBack()
    const { channel, ...rest } = blank()
    const before = form.channel === channel ? 'wechat_group' : form.channel
    pasted.current.value = entry.id
    same.value = null
    forget()
    form.kind = entry.filled?.kind ?? rest.kind
    // What follows from the kind comes first, what was chosen otherwise after it.
    await nextTick()
    Object.assign(form, rest, { channel: before }, entry.filled, {
      name: (entry.sender ?? '').slice(0, fields.raiseIssue.raiser.name.most),
      saidAt: entry.saidAt ?? undefined,
      title: entry.title,
      body: entry.body,
    })
  }

  /** What was taken back is one more draft beside the others, and comes into the form where nothing is written. */
  async function takeIn() {
    const held = await heldDrafts()
    if (busy.value) return
    for (const { kept, written, isAskedFor } of takenBack(ownName)) {
      if (held.has(kept)) continue
      const entry = pasted.add(written)
      dropDraft(kept)
      if (isAskedFor) {
        inHand.value = undefined
        sent.value = null
      }
      if (isBlank()) await take(entry)
    }
  }
  let restored = restore()
  watch([inHand, busy], () => void restored.then(takeIn))
  // Two pages may have this form open: who writes last has its draft, and what stands in the other goes on beside it.
  const name = () => draft.asKept().name
  onScopeDispose(
    onWrittenElsewhere(name, () => {
      if (!draft.isUnderWay.value && (!isBlank() || pasted.entries.value.length > 0)) draft.stepAside()
    }),
  )

  /** Why it could not be merged; '' where it was. */
  const merge = async (id: string, { id: targetId }: SimilarMatter): Promise<string> => {
    try {
      const issue: IssueDetail = await api.call(routes.issues.readIssue, { params: { id } })
      await api.call(routes.issueActions.merge, {
        params: { id },
        body: { targetId },
        ifMatch: issue.version,
        idempotencyKey: crypto.randomUUID(),
      } as never)
      return ''
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      return problemText(error)
    }
  }

  async function send() {
    const { community } = session
    if (community === null) return false
    const { name, phone, place, saidAt, ...rest } = form
    const raiser = { name: name.trim() || undefined, phone: phone || undefined }
    const body = {
      ...rest,
      community,
      // Where it has to wait to be sent, it was said when it was written down.
      saidAt: saidAt || (connected.value ? undefined : serverNow().toISOString()),
      place: place.trim() || undefined,
      raiser,
    }
    const content = JSON.stringify(body)
    if (content !== keyed.content) keyed = { content, key: crypto.randomUUID() }
    // What is sent is this one, whatever is written or chosen meanwhile.
    const [into, current, title, sentAs] = [same.value, pasted.current.value, form.title.trim(), draft.asKept().name]
    try {
      await draft.whileSent(async (kept) => {
        const others = kept.content.entries.filter(({ id }) => id !== current)
        const delivery = await sendOrKeep({
          id: keyed.key,
          subject: keyed.key,
          route: ['issues', 'raiseIssue'],
          body,
          deviceTime: saidAt ? undefined : 'saidAt',
          what: 'raise',
          title,
          community,
          page: '/raise',
          // Without the other drafts: they go on here, and would come back with it after they were sent.
          draft: {
            name: kept.name,
            content: { ...kept.content, entries: [], current: null },
            rest: others.length > 0 ? { ...blank(), entries: others, current: null } : undefined,
          },
        })
        if (delivery.kept) announce(t('outbox.kept', { action: title }) + (into ? t('outbox.mergeLater') : ''))
        else {
          const receipt = delivery.answer as Sent['receipt']
          const refused = into ? await merge(receipt.id, into) : ''
          sent.value = { receipt, title, at: serverNow().toISOString(), into, refused }
        }
      })
      // The same words once more are another matter.
      keyed = { content: '', key: '' }
      // The form was left meanwhile, or is another community's: what is written there, and its draft, are not this one's.
      if (draft.asKept().name !== sentAs) return false
      if (current !== null) pasted.remove(current)
      clear()
      draft.drop()
      return true
    } catch (error) {
      const why = isFull(error) ? t('outbox.full') : problemText(error)
      const isLeft = draft.asKept().name !== sentAs
      if (isLeft && session.me) announceRefusal(`${t('nav.raise')} ${t('outbox.refused', { why })}`)
      if (isLeft) return false
      if (isFull(error)) return why
      throw error
    }
  }

  /** The next draft of what was pasted comes up by itself. */
  const next = () => {
    sent.value = null
    const [entry] = pasted.entries.value
    if (entry) void take(entry)
  }
  const empty = computed(isBlank)

  return { form, pasted, failure, busy, sent, same, draft, again, take, submit, next, empty }
}
export type Intake = ReturnType<typeof useIntake>
