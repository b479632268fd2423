import {
  AGENDA_KINDS,
  ATTENDANCE_CLASSES,
  CONFIRMING,
  ITEM_OUTCOMES,
  type MinutesContent,
  type MinutesItem,
  type MinutesView,
  MOTION_STATES,
  type ProposalView,
} from '@tongxin/contract'
import {
  CLASSES,
  COUNCIL_RULES,
  FEWEST_SECRET_BALLOTS,
  STATES,
  VOTING_METHODS,
  VOTING_PLACES,
  VOTING_RULES,
} from '@tongxin/lifecycle'

/** A piece of the printed page: a numbered heading, an entry with its label, or plain text. */
export type Block =
  | { kind: 'heading' | 'item' | 'paragraph'; text: string }
  | { kind: 'entry'; label: string; text: string }

const clock = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
const day = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' })
export const inWords = (instant: string): string => clock.format(new Date(instant))
export const dayInWords = (instant: string): string => day.format(new Date(instant))

const hours = new Intl.DateTimeFormat('zh-CN', { timeStyle: 'short', timeZone: 'Asia/Shanghai' })
/** From when until when, the day said once where it is the same. */
const spanInWords = (from: string, until: string): string =>
  dayInWords(from) === dayInWords(until)
    ? `${inWords(from)}至${hours.format(new Date(until))}`
    : `${inWords(from)}至${inWords(until)}`

const NUMERALS = '零一二三四五六七八九'

/** 1 → 一, 10 → 十, 23 → 二十三; agendas stay below a hundred. */
export const numeral = (n: number): string => {
  if (n < 10) return NUMERALS[n] ?? String(n)
  const tens = Math.floor(n / 10)
  return `${tens === 1 ? '' : NUMERALS[tens]}十${n % 10 === 0 ? '' : NUMERALS[n % 10]}`
}

const yuan = (fen: number): string => {
  const whole = Math.floor(fen / 100).toLocaleString('zh-CN')
  return fen % 100 === 0 ? `${whole} 元` : `${whole}.${String(fen % 100).padStart(2, '0')} 元`
}
const squareMetres = (hundredths: number): string => `${(hundredths / 100).toLocaleString('zh-CN')} 平方米`

/** Ends a sentence once. */
const sentence = (text: string): string => (/[。！？；]$/.test(text.trim()) ? text.trim() : `${text.trim()}。`)

type Motion = MinutesItem['motions'][number]

/** Of whom the rule's part is taken: who was in the room, or who took part; what older minutes do not say stays general. */
const ofWhom = ({ rule, method, place }: Motion): string => {
  if (method === undefined || !COUNCIL_RULES.has(rule)) return '有权表决'
  return place === 'room' ? '到会' : '参加'
}

const sumsOf = (motion: Motion): string => {
  const { rule, result, state, method, rolled, cast } = motion
  if (!result) return MOTION_STATES[state]
  const roll = rolled === undefined ? [] : [`名册 ${rolled}，投票 ${cast ?? 0}`]
  // Opened, so few would tell who chose what.
  if (method === 'secret' && (cast ?? 0) < FEWEST_SECRET_BALLOTS)
    return [...roll, `不足 ${FEWEST_SECRET_BALLOTS} 票，为保密不开票`, MOTION_STATES[state]].join('；')
  const { heads, entitledHeads, sustainedObjections, area, entitledArea, quorum } = result
  const parts = [
    ...roll,
    `赞成 ${heads.for}，反对 ${heads.against}，弃权 ${heads.abstain}，${ofWhom(motion)} ${entitledHeads}`,
  ]
  if (rule === 'consensus' && sustainedObjections !== null) parts.push(`坚持异议 ${sustainedObjections}`)
  if (area && entitledArea !== null) {
    const shares = `赞成 ${squareMetres(area.for)}，反对 ${squareMetres(area.against)}，弃权 ${squareMetres(area.abstain)}`
    parts.push(`专有面积${shares}，共 ${squareMetres(entitledArea)}`)
  }
  if (!quorum) parts.push('参与人数不足')
  return `${parts.join('；')}；${MOTION_STATES[state]}`
}

const proposalInWords = ({ leadUnit, coUnits, dueDays, budgetFen, budgetSource }: ProposalView): string =>
  [
    leadUnit && `由${leadUnit.name}主办`,
    coUnits.length > 0 && `${coUnits.map(({ name }) => name).join('、')}协办`,
    dueDays !== null && `自形成决议起 ${dueDays} 日内办结`,
    budgetFen !== null && `预算 ${yuan(budgetFen)}${budgetSource === null ? '' : `（${budgetSource}）`}`,
  ]
    .filter(Boolean)
    .join('，')

const itemBlocks = (item: MinutesItem, at: number): Block[] => {
  const blocks: Block[] = [
    {
      kind: 'item',
      text: `（${numeral(at + 1)}）${item.title ?? '不公开的事项'}${item.number === null ? '' : `（事项 ${item.number}）`}`,
    },
  ]
  if (item.kind !== undefined && item.kind !== 'issue')
    blocks.push({ kind: 'entry', label: '类别', text: sentence(AGENDA_KINDS[item.kind]) })
  if (item.presenter) blocks.push({ kind: 'entry', label: '报告人', text: sentence(item.presenter) })
  if (item.text) blocks.push({ kind: 'paragraph', text: item.text })
  if (item.note) blocks.push({ kind: 'paragraph', text: item.note })
  for (const motion of item.motions) {
    const { method, place } = motion
    const how = COUNCIL_RULES.has(motion.rule)
      ? [
          VOTING_RULES[motion.rule].zh,
          method && VOTING_METHODS[method].zh,
          place && place !== 'room' && VOTING_PLACES[place].zh,
        ]
      : [VOTING_RULES[motion.rule].zh, '按业主名册投票']
    const rule = how.filter(Boolean).join('，')
    if (motion.originalText) blocks.push({ kind: 'entry', label: '原文', text: sentence(motion.originalText) })
    const label = motion.amends ? '修正' : '表决'
    // Nobody voted on what was accepted.
    const became = motion.state === 'accepted' ? MOTION_STATES.accepted : `${rule}：${sumsOf(motion)}`
    blocks.push({ kind: 'entry', label, text: `${sentence(motion.text)}（${became}）` })
    if (motion.proposal) blocks.push({ kind: 'entry', label: '建议', text: sentence(proposalInWords(motion.proposal)) })
  }
  if (item.papers)
    blocks.push({
      kind: 'entry',
      label: '材料',
      text: sentence(item.papers.map(({ title }) => `《${title}》`).join('、')),
    })
  const outcome = ITEM_OUTCOMES[item.outcome]
  const said = item.outcome === 'adopted' ? item.resolution : item.reason
  blocks.push({ kind: 'entry', label: '结果', text: sentence(said ? `${outcome}：${said}` : outcome) })
  return blocks
}

const figuresOf = ({ attendance }: MinutesContent): string => {
  const { representatives, partyMembers, unitMembers, staffMembers, staff } = attendance
  const of = (name: string, { members, present, needed }: typeof representatives) =>
    `${name}应到 ${members} 人，实到 ${present} 人${needed > 0 ? `（法定 ${needed} 人）` : ''}`
  const parts = [
    of(ATTENDANCE_CLASSES.representative, representatives),
    of(ATTENDANCE_CLASSES.party_member, partyMembers),
  ]
  if (unitMembers) parts.push(of(ATTENDANCE_CLASSES.unit_member, unitMembers))
  if (staffMembers) parts.push(of(ATTENDANCE_CLASSES.staff_member, staffMembers))
  if (staff > 0) parts.push(`列席 ${staff} 人`)
  return sentence(parts.join('；'))
}

const namesOf = (people: NonNullable<MinutesView['people']>, classes: readonly string[]): string =>
  people.attendance
    .filter((one) => classes.includes(one.class))
    .map(({ name, standsFor, leftAt }) => {
      const said = [standsFor && `代${standsFor.name ?? '已注销的成员'}`, leftAt !== null && '中途离会'].filter(Boolean)
      return `${name ?? '已注销'}${said.length > 0 ? `（${said.join('，')}）` : ''}`
    })
    .join('、')

const headBlocks = ({ content, people }: MinutesView): Block[] => {
  const entries: [string, string | null | undefined][] = [
    ['时间', spanInWords(content.openedAt, content.endedAt)],
    ['地点', content.place],
    ['主持', people?.presider?.name],
    ['记录', people?.recorder.name],
    ['到会', figuresOf(content)],
    ['出席', people && namesOf(people, CLASSES)],
    ['列席', people && namesOf(people, ['staff'])],
  ]
  return entries.flatMap(([label, text]) => (text ? [{ kind: 'entry' as const, label, text }] : []))
}

const pastBlocks = ({ past }: MinutesContent): Block[] =>
  past.map((one, i) => {
    const due = one.dueAt === null ? '' : `，期限 ${dayInWords(one.dueAt)}${one.overdue ? '，已超期' : ''}`
    const unit = one.unit === null ? '' : `，主办单位${one.unit}`
    const from = one.minutesNumber === null ? '' : `（纪要 ${one.minutesNumber}）`
    const text = `${i + 1}．${one.title ?? '不公开的事项'}${from}：${STATES[one.state].zh}${unit}${due}。`
    return { kind: 'paragraph', text }
  })

const confirmedBy = ({ confirmations, confirmedAt, state }: MinutesView): Block[] => {
  if (state !== 'confirmed' || confirmedAt === null) return []
  const { by, members } = confirmations
  const who = by
    ? by.map(({ name, as }) => `${name ?? '已注销'}${as === 'member' ? '' : `（${CONFIRMING[as]}）`}`).join('、')
    : `主持人${members > 0 ? `及 ${members} 名到会成员` : ''}`
  return [{ kind: 'paragraph', text: `本纪要经征求到会人员意见，由${who}确认，于${inWords(confirmedAt)}定稿。` }]
}

/** The printed minutes, piece by piece, with the names this reader may see. */
export const blocksOf = (view: MinutesView): Block[] => {
  const { content } = view
  const sections: [string, Block[]][] = [
    ['议题和结果', content.items.flatMap(itemBlocks)],
    ['前次决议落实情况', pastBlocks(content)],
    ['其他事项', content.remarks ? [{ kind: 'paragraph', text: content.remarks }] : []],
  ]
  const numbered = sections
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([name, blocks], i): Block[] => [{ kind: 'heading', text: `${numeral(i + 1)}、${name}` }, ...blocks])
  const end: Block = { kind: 'paragraph', text: `会议于${inWords(content.endedAt)}结束。` }
  return [...headBlocks(view), ...numbered, end, ...confirmedBy(view)]
}
