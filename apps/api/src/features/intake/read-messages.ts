import { momentOf, STAMP, type Stamp, TIMED } from './stamps.ts'

/** One message of a chat as it was copied. */
export interface ChatMessage {
  /** As the group shows them; null for a text that says nobody. */
  sender: string | null
  /** Null where the text says no time, or one that is still to come. */
  at: Date | null
  text: string
  /** What it answers, where the chat put that before it. */
  quoted: string | null
  /** Of the chat itself: somebody came, left or took a message back. */
  system: boolean
}

const MOST_OF_A_HEADER = 80
const NAME = String.raw`(?<name>\S(?:[^。；！？，:：\n]{0,38}?[^\s。；！？，:：])??)`
/** The shapes in which clients of WeChat and QQ copy, forward or mail several messages: the line above each message. */
const HEADERS = [
  new RegExp(`^${NAME}\\s+${TIMED}\\s*[:：]?$`, 'u'),
  new RegExp(`^\\[?${TIMED}\\]?\\s+${NAME}\\s*[:：]?$`, 'u'),
  new RegExp(`^\\[${TIMED}\\]\\s*${NAME}\\s*[:：]\\s*(?<rest>.+)$`, 'u'),
]
/**
 * Windows and Mac say only the name, where several messages are copied. So may a letter that greets somebody, and a sentence that leads into a
 * list: it must be the first line, and be said again.
 */
const NAME_ALONE = new RegExp(`^${NAME}[:：]$`, 'u')
const LEADS_IN =
  /^(?:尊敬|敬爱|亲爱|各位|致)|(?:如下|以下|下面|问题|建议|情况|原因|地址|时间|内容|诉求|反映|反应|要求|电话|您好|你好|大家好|方面|希望|请问|通知|公告|领导|邻居|居民|业主)$/u
const SEPARATOR = new RegExp(`^[—–\\-=─\\s]*${STAMP}[—–\\-=─\\s]*$`, 'u')
const PREAMBLE =
  /^(?:聊天记录(?:如下)?|.{0,40}的聊天记录(?:如下)?|以下(?:是|为)(?:聊天记录|新消息)|\d+条新消息)[:：]?$/u

const SYSTEM =
  /^(?:.{0,60}(?:撤回了一条(?:成员)?消息|拍了拍.{0,30}|加入了?群聊.{0,10}|(?:移出|退出)了?群聊|修改群名为.{0,40}|分享的二维码加入群聊)|你已添加了.{0,40}|.{0,30}(?:开启|关闭)了?.{0,12}(?:邀请|认证|提醒|禁言))$/u

const QUOTE_ABOVE = /^「(?<quoted>[\s\S]{1,2000}?)」\s*\n\s*(?:[-—–─]\s?){5,}\s*\n?(?<reply>[\s\S]*)$/u

interface Line {
  name: string | null
  stamp: Stamp | null
  /** Of the message, on the header's own line. */
  rest: string
}

const headerOf = (line: string, namesAlone: boolean): Line | null => {
  if (line.length > MOST_OF_A_HEADER) return null
  for (const header of HEADERS) {
    const groups = header.exec(line)?.groups
    if (groups) return { name: groups.name ?? null, stamp: groups, rest: groups.rest ?? '' }
  }
  const alone = namesAlone ? NAME_ALONE.exec(line)?.groups?.name : undefined
  return alone === undefined || LEADS_IN.test(alone) ? null : { name: alone, stamp: null, rest: '' }
}

const separatorOf = (line: string): Stamp | null =>
  line.length <= MOST_OF_A_HEADER ? (SEPARATOR.exec(line)?.groups ?? null) : null

const isHeader = (line: string): boolean => headerOf(line, true) !== null

const withoutQuote = (text: string): { text: string; quoted: string | null } => {
  const groups = QUOTE_ABOVE.exec(text)?.groups
  return groups ? { text: (groups.reply ?? '').trim(), quoted: (groups.quoted ?? '').trim() } : { text, quoted: null }
}

/**
 * Reads what was copied out of a group into its messages, in order. A shape it does not know loses nothing: it is one message,
 * of nobody, with all the text. Times are those of Beijing; where the year or the day is left out, the last such before `now`.
 */
export const readMessages = (pasted: string, now: Date): ChatMessage[] => {
  const lines = pasted
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim())
  const first = lines.find((line) => line !== '' && !PREAMBLE.test(line) && separatorOf(line) === null)
  const namesAlone = first !== undefined && isHeader(first) && lines.filter(isHeader).length > 1
  const messages: ChatMessage[] = []
  let open: { name: string | null; at: Date | null; lines: string[] } = { name: null, at: null, lines: [] }
  let context: Stamp | null = null

  const finish = () => {
    const whole = open.lines.join('\n').trim()
    if (whole !== '' || open.name !== null)
      messages.push({ sender: open.name, at: open.at, ...withoutQuote(whole), system: false })
  }
  for (const [nth, line] of lines.entries()) {
    const header = headerOf(line, namesAlone)
    const stamp = header === null ? separatorOf(line) : null
    if (header) {
      finish()
      open = { name: header.name, at: momentOf(header.stamp, context, now), lines: header.rest ? [header.rest] : [] }
    } else if (stamp && namesAlone && leadsToHeader(lines, nth + 1)) context = stamp
    else if (SYSTEM.test(line)) {
      finish()
      messages.push({ sender: null, at: null, text: line, quoted: null, system: true })
      open = { ...open, lines: [] }
      // What follows without a header goes on where it was left off.
    } else if (!(messages.length === 0 && open.lines.length === 0 && PREAMBLE.test(line))) open.lines.push(line)
  }
  finish()
  return messages.filter(({ text, quoted }) => text !== '' || quoted !== null)
}

/** A time alone stands between messages only where the next line names who speaks. */
const leadsToHeader = (lines: readonly string[], from: number): boolean => {
  const next = lines.slice(from, from + 5).find((line) => line !== '')
  return next !== undefined && (isHeader(next) || separatorOf(next) !== null)
}
