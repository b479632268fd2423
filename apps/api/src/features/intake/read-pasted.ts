import { proposeTitle } from './propose-title.ts'
import { type ChatMessage, readMessages } from './read-messages.ts'
import { mediaIn, type Talk, talkIn } from './small-talk.ts'
import { splitMatters } from './split-matters.ts'

/** What may become one matter. */
export interface PastedMatter {
  sender: string | null
  saidAt: Date | null
  /** '' where the text gives none. */
  title: string
  body: string
  /** Who said "me too" below it: a remark, no endorsement. */
  supporters: string[]
  /** Pictures and the like that could not be copied with it. */
  media: number
}

/** What was left out of the matters, so that nothing is lost. */
export interface PastedAside {
  sender: string | null
  saidAt: Date | null
  text: string
  kind: Talk | 'system'
}

export interface Pasted {
  matters: PastedMatter[]
  asides: PastedAside[]
}

/** Somebody who goes on within this time is still saying the same. */
const TOGETHER_MS = 5 * 60_000

interface Said {
  sender: string | null
  saidAt: Date | null
  lastAt: Date | null
  texts: string[]
  supporters: string[]
  quoted: string | null
}

const goesOn = (said: Said | undefined, { sender, at, quoted }: ChatMessage): said is Said =>
  said !== undefined &&
  sender !== null &&
  said.sender === sender &&
  quoted === null &&
  (said.lastAt === null || at === null || at.getTime() - said.lastAt.getTime() <= TOGETHER_MS)

const mattersOf = ({ sender, saidAt, texts, supporters, quoted }: Said): PastedMatter[] =>
  splitMatters(texts.join('\n')).map(({ text, own }) => ({
    sender,
    saidAt,
    title: proposeTitle(own),
    body: quoted === null ? text : `${text}\n「${quoted}」`,
    supporters: [...supporters],
    media: mediaIn(text),
  }))

/**
 * What was pasted, as one draft per matter. `now` bounds the times it names. Nothing of the text is lost: what seems to be no matter is told
 * beside the drafts. Pure.
 */
export const readPasted = (pasted: string, now: Date): Pasted => {
  const said: Said[] = []
  const asides: PastedAside[] = []
  for (const message of readMessages(pasted, now)) {
    const { sender, at, text, quoted, system } = message
    const last = said.at(-1)
    const talk = system ? 'system' : talkIn(text)
    if (talk === 'media' && goesOn(last, message)) last.texts.push(text)
    else if (talk !== null) {
      if (talk === 'support' && last && sender !== null && last.sender !== sender && !last.supporters.includes(sender))
        last.supporters.push(sender)
      asides.push({ sender, saidAt: at, text: quoted === null ? text : `${text}\n「${quoted}」`, kind: talk })
    } else if (goesOn(last, message)) {
      last.texts.push(text)
      last.lastAt = at ?? last.lastAt
    } else said.push({ sender, saidAt: at, lastAt: at, texts: [text], supporters: [], quoted })
  }
  return { matters: said.flatMap(mattersOf), asides }
}
