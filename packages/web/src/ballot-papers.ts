import type { Client } from '@tongxin/client'
import { ApiProblem, routes } from '@tongxin/client'
import { ballotMessage } from '@tongxin/contract/ballot-message'
import type { Choice } from '@tongxin/lifecycle'
import { serverNow } from './server-time.ts'

/** A paper on its way; once it was cast, and its number was seen, nothing is kept but that it was. */
interface Kept {
  /** Token and message, as they are signed. */
  prepared?: string
  blinded?: string
  inverse?: string
  signature?: string
  choice?: Choice
  /** Milliseconds; when it is to be cast, by chance. */
  at?: number
  /** Milliseconds; when the ballot ends, where that is known before. */
  end?: number
  cast?: true
  /** The token of one that was cast by itself, until its owner has seen it. */
  receipt?: string
}

export type PaperState = 'none' | 'drawn' | 'planned' | 'cast'

export interface Papers {
  stateOf(motionId: string, principalId: string): PaperState
  plannedFor(motionId: string, principalId: string): Date | null
  /** Has a paper signed unseen; what is kept first, so that an answer lost on the way can be had again. @throws ApiProblem */
  draw(motion: { id: string; publicKey: string }, principalId: string, own: boolean): Promise<void>
  /** Casts a paper drawn here; its token is the receipt, and is not kept. @throws ApiProblem */
  cast(motionId: string, principalId: string, choice: Choice): Promise<string>
  /** Casts it at a moment nobody knows, before `end`; while the page is open, or some time after it is opened next. */
  castLater(motionId: string, principalId: string, choice: Choice, end: Date | null): Date
  /**
   * Takes up what was planned before this page was loaded. What fell due meanwhile gets another moment: the load itself is known by name,
   * and a ballot that follows it at a fixed distance would be as well.
   */
  resume(): void
  /** Tells of a paper that moved by itself. @returns what ends it */
  onMoved(heard: () => void): () => void
  /** The token of a paper that was cast by itself; null once it was noted. */
  receiptOf(motionId: string, principalId: string): string | null
  noteReceipt(motionId: string, principalId: string): void
}

export class InsecurePage extends Error {
  override readonly name = 'InsecurePage'
}

const PREFIX = 'tongxin.paper.'
const TOKEN_BYTES = 32
const SECOND = 1_000
const MINUTE = 60 * SECOND
/** Timers of a page in the background come this late; later than that the device slept, and its waking is seen. */
const LATE_MS = 90 * SECOND

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

/** Heavy, and needed only by who draws a paper. */
const loadSuite = async () => (await import('@cloudflare/blindrsa-ts')).RSABSSA.SHA384.PSS.Randomized()

const importKey = (publicKey: string) => {
  // Browsers give out cryptography to pages that came over https alone.
  if (!globalThis.crypto?.subtle) throw new InsecurePage()
  return crypto.subtle.importKey('spki', toBytes(publicKey), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])
}

/** Long enough to come among the others', and done well before the end. In a room there is no end to wait for, and little time. */
export const chanceDelay = (end: Date | null, now: Date, chance: number): number => {
  if (end === null) return 5 * SECOND + chance * 55 * SECOND
  const left = Math.max(0, end.getTime() - now.getTime())
  const most = Math.min(60 * MINUTE, left / 2)
  const least = Math.min(MINUTE, most / 2)
  return least + chance * (most - least)
}

const someChance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

/** Papers of secret ballots, on the device of who drew them: nobody else can tell which is whose. */
export function createPapers(api: Client, storage: Storage = localStorage): Papers {
  const keyOf = (motionId: string, principalId: string) => `${PREFIX}${motionId}/${principalId}`
  const read = (key: string): Kept => JSON.parse(storage.getItem(key) ?? '{}') as Kept
  const keep = (key: string, kept: Kept) => storage.setItem(key, JSON.stringify(kept))

  const send = async (key: string, motionId: string, kept: Kept, choice: Choice): Promise<string> => {
    if (!kept.prepared || !kept.signature) throw new Error('There is no paper to cast')
    const token = toText(toBytes(kept.prepared).slice(0, TOKEN_BYTES))
    keep(key, { ...kept, choice })
    const body = { token, signature: kept.signature, choice }
    try {
      await api.call(routes.council.castPaper, { params: { id: motionId }, body })
    } catch (error) {
      // It arrived before, for another choice, and only the answer was lost.
      if (error instanceof ApiProblem && error.code === 'already_voted') keep(key, { cast: true })
      throw error
    }
    keep(key, { cast: true })
    return token
  }

  const heard = new Set<() => void>()
  const armed = new Map<string, ReturnType<typeof setTimeout>>()

  /** One timer for each paper, at its own moment: a common tick would begin with the page, which is known by name. */
  const arm = (key: string, at: number): void => {
    clearTimeout(armed.get(key))
    armed.set(
      key,
      setTimeout(() => void fire(key), Math.max(0, at - serverNow().getTime())),
    )
  }
  const plan = (key: string, kept: Kept, delayOf: (end: Date | null, now: Date) => number): number => {
    const now = serverNow()
    const at = Math.round(now.getTime() + delayOf(kept.end === undefined ? null : new Date(kept.end), now))
    keep(key, { ...kept, at })
    arm(key, at)
    return at
  }
  const drop = (key: string): void => {
    const { at: _, end: __, ...left } = read(key)
    keep(key, left)
  }
  const byChance = (end: Date | null, now: Date) => chanceDelay(end, now, someChance())
  /** Sooner than it was planned at first, and by chance as well: the lost answer may belong to a ballot that arrived. */
  const again = (end: Date | null, now: Date) =>
    Math.max(SECOND, Math.min(byChance(null, now), end === null ? Number.POSITIVE_INFINITY : byChance(end, now)))
  const isOver = ({ end }: Kept) => end !== undefined && end <= serverNow().getTime()

  const takeUp = (key: string, kept: Kept): void => {
    if (kept.at === undefined) return
    if (kept.at > serverNow().getTime()) arm(key, kept.at)
    else if (isOver(kept)) drop(key)
    else plan(key, kept, byChance)
  }

  const fire = async (key: string): Promise<void> => {
    armed.delete(key)
    const kept = read(key)
    if (kept.at === undefined || kept.choice === undefined) return
    // Another window gave it another moment, or the device slept over its own.
    if (kept.at > serverNow().getTime() || kept.at <= serverNow().getTime() - LATE_MS) takeUp(key, kept)
    else {
      try {
        const receipt = await send(key, key.slice(PREFIX.length).split('/')[0] ?? '', kept, kept.choice)
        keep(key, { cast: true, receipt })
      } catch (error) {
        const unanswered = !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500
        // Without an answer it is tried again; a refusal stays one, and the page of the ballot says so.
        if (unanswered && !isOver(kept)) plan(key, read(key), again)
        else drop(key)
      }
    }
    for (const each of heard) each()
  }

  const papers: Papers = {
    stateOf: (motionId, principalId) => {
      const { cast, at, signature } = read(keyOf(motionId, principalId))
      if (cast) return 'cast'
      if (!signature) return 'none'
      return at === undefined ? 'drawn' : 'planned'
    },
    plannedFor: (motionId, principalId) => {
      const { at } = read(keyOf(motionId, principalId))
      return at === undefined ? null : new Date(at)
    },
    draw: async ({ id, publicKey }, principalId, own) => {
      const key = keyOf(id, principalId)
      const publicKeyOf = await importKey(publicKey)
      const suite = await loadSuite()
      let kept = read(key)
      if (!kept.prepared || !kept.blinded || !kept.inverse) {
        const prepared = suite.prepare(new TextEncoder().encode(ballotMessage(id)))
        const { blindedMsg, inv } = await suite.blind(publicKeyOf, prepared)
        kept = { prepared: toText(prepared), blinded: toText(blindedMsg), inverse: toText(inv) }
        keep(key, kept)
      }
      const { prepared = '', blinded = '', inverse = '' } = kept
      const body = { blinded, ...(own ? {} : { principalId }) }
      const { blindSignature } = await api.call(routes.council.drawPaper, { params: { id }, body })
      const signature = await suite.finalize(publicKeyOf, toBytes(prepared), toBytes(blindSignature), toBytes(inverse))
      keep(key, { prepared, signature: toText(signature) })
    },
    cast: (motionId, principalId, choice) => {
      const key = keyOf(motionId, principalId)
      return send(key, motionId, read(key), choice)
    },
    castLater: (motionId, principalId, choice, end) => {
      const key = keyOf(motionId, principalId)
      const kept = { ...read(key), choice, ...(end === null ? {} : { end: end.getTime() }) }
      return new Date(plan(key, kept, byChance))
    },
    resume: () => {
      for (const key of Object.keys(storage).filter((name) => name.startsWith(PREFIX) && !armed.has(name)))
        takeUp(key, read(key))
    },
    onMoved: (each) => {
      heard.add(each)
      return () => heard.delete(each)
    },
    receiptOf: (motionId, principalId) => read(keyOf(motionId, principalId)).receipt ?? null,
    noteReceipt: (motionId, principalId) => keep(keyOf(motionId, principalId), { cast: true }),
  }
  return papers
}
