import { LEAST_SHOWN, MEASURES, type MeasureCode, type YearReport } from '@tongxin/contract'
import { CLOCKS, OUTCOMES, STAGES } from '@tongxin/lifecycle'

/** A line of the printed report; `link` opens the list of matters behind it. */
export interface ReportEntry {
  label: string
  text: string
  link?: string
}

export interface ReportSection {
  heading: string
  entries?: ReportEntry[]
  paragraphs?: string[]
  table?: { head: string[]; rows: string[][] }
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const number = (value: number): string => value.toLocaleString('zh-CN')
const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)

/** Two units at most: 11 天 5 小时, 40 分钟. */
export const spanInWords = (milliseconds: number | null): string => {
  if (milliseconds === null) return '—'
  const minutes = Math.round(milliseconds / 60_000)
  const [days, hours] = [Math.floor(milliseconds / DAY), Math.floor((milliseconds % DAY) / HOUR)]
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分钟` : `${minutes} 分钟`
}

export const monthInWords = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`
export const periodInWords = ({ from, to }: Pick<YearReport, 'from' | 'to'>): string =>
  from.endsWith('-01') && to.endsWith('-12') && from.slice(0, 4) === to.slice(0, 4)
    ? `${from.slice(0, 4)}年度`
    : `${monthInWords(from)}至${monthInWords(to)}`

const TOO_FEW = `不足 ${LEAST_SHOWN}，不公布`
const several = (value: number | null, unit = ''): string => (value === null ? TOO_FEW : `${number(value)}${unit}`)

/** Beside the figure of the year before, where there was one. */
const beside = (now: number, before: number, unit: string): string =>
  before > 0 ? `${number(now)} ${unit}（上年同期 ${number(before)}）` : `${number(now)} ${unit}`

const ratesInWords = (rates: YearReport['figures']['rates']): ReportEntry[] => {
  const { valid, levels, contacted, solved, composite } = rates
  if (valid === null || levels === null || contacted === null || solved === null)
    return [{ label: '评价', text: valid === 0 ? '这段时间没有有效的评价或回访。' : `有效评价${TOO_FEW}` }]
  const of = (part: number) => `${number(part)} ÷ 有效 ${number(valid)}`
  return [
    { label: '综合得分', text: composite === null ? '—' : (composite * 100).toFixed(1) },
    { label: '响应率', text: `${percent(rates.response)}（已联系 ${of(contacted)}）` },
    { label: '解决率', text: `${percent(rates.resolution)}（已解决 ${of(solved)}）` },
    {
      label: '满意率',
      text: `${percent(rates.satisfaction)}（非常满意 ${levels[4]}、满意 ${levels[3]}、基本满意 ${levels[2]}、不满意 ${levels[1]}、非常不满意 ${levels[0]}）`,
    },
  ]
}

/** The report's text: what is printed, in its order. @param list address of the list behind a measure */
export const reportSections = (report: YearReport, list: (measure: MeasureCode) => string): ReportSection[] => {
  const { figures, lastYear, months, categories, votes } = report
  const { rates } = figures
  const { weights } = rates
  const whole = weights.response + weights.resolution + weights.satisfaction
  const count = (measure: MeasureCode, unit = '件'): ReportEntry => ({
    label: MEASURES[measure].zh,
    text: several(figures.counts[measure] ?? null, ` ${unit}`),
    ...('open' in MEASURES[measure] && (figures.counts[measure] ?? 0) > 0 && { link: list(measure) }),
  })
  const { answered } = figures
  const outcomes = figures.outcomes.filter(({ amount }) => amount > 0)
  return [
    {
      heading: '办成的事',
      entries: outcomes.map(({ outcome, amount, matters }) => ({
        label: OUTCOMES[outcome].zh.replace(/（.*）$/, ''),
        text: `${number(amount)} ${/（(.*)）$/.exec(OUTCOMES[outcome].zh)?.[1] ?? ''}${outcome === 'matters_solved' ? '' : `，见于 ${number(matters)} 件事项`}`,
        link: list(`outcome_${outcome}`),
      })),
      ...(outcomes.length === 0 && { paragraphs: ['这段时间没有登记成效数据。'] }),
    },
    {
      heading: '提出与办结',
      entries: [
        { label: '提出', text: beside(figures.raised, lastYear.raised, '件'), link: list('raised') },
        { label: '办结', text: beside(figures.closed, lastYear.closed, '件'), link: list('closed') },
        {
          label: '首次公布结果',
          text:
            answered.count === null
              ? TOO_FEW
              : `${number(answered.count)} 件，24 小时内 ${percent(answered.withinDay)}，中位 ${spanInWords(answered.median)}，九成在 ${spanInWords(answered.p90)}以内`,
          link: list('answered'),
        },
        count('declined'),
        count('referred'),
        count('suspended', '次'),
      ],
      table: {
        head: ['月份', '提出（件）', '办结（件）'],
        rows: months.map(({ month, raised, closed }) => [monthInWords(month), number(raised), number(closed)]),
      },
    },
    {
      heading: '群众评价',
      entries: ratesInWords(rates),
      paragraphs: [
        `综合得分 =（${weights.response} × 响应率 + ${weights.resolution} × 解决率 + ${weights.satisfaction} × 满意率）÷ ${whole}；满意率中“基本满意”按 ${weights.basic}% 计。没有评价的事项是“未评价”，不算满意，也不计入。`,
      ],
    },
    {
      heading: '守时与返工',
      table: {
        head: ['时限', '完成（次）', '按时率'],
        rows: figures.clocks
          .filter(({ stopped }) => stopped !== 0)
          .map(({ clock, stopped, onTime }) => [CLOCKS[clock].zh, several(stopped), percent(onTime)]),
      },
      entries: [count('returned', '次'), count('rejected', '次'), count('reworked', '次'), count('reopened', '次')],
    },
    {
      heading: '各阶段用时',
      table: {
        head: ['阶段', '件数', '中位', '九成以内'],
        rows: figures.stages.map(({ stage, timing }) => [
          STAGES[stage].zh,
          several(timing.count),
          spanInWords(timing.median),
          spanInWords(timing.p90),
        ]),
      },
    },
    {
      heading: '按类别',
      table: {
        head: ['类别', '提出（件）', '办结（件）'],
        rows: categories.map(({ name, raised, closed }) => [name, number(raised), number(closed)]),
      },
    },
    {
      heading: '群众参与',
      entries: [
        { label: '提事', text: `${number(figures.raised)} 人次`, link: list('raised') },
        { label: '附议', text: several(figures.counts.endorsed ?? null, ' 人次'), link: list('endorsed') },
        { label: '投票', text: `${number(votes)} 票` },
        { label: '评价', text: several(figures.counts.evaluated ?? null, ' 人次') },
      ],
    },
    {
      heading: '说明',
      paragraphs: [
        '数字由事项的存证记录逐件算出，可以核验；不公开的事项计入数字，不列出。件数少于 5 的类别并入“其他”，少于 5 的其他各项不公布，以免从少数几件认出是谁的事。',
        '中位用时是从短到长居中的一件，两件居中取平均；九成用时排在第 0.9n 位（取整，从 0 数起）；时长按宽不超过 5% 的区间统计，所示为区间上限。24 小时等承诺时长恰为区间边界，其占比是精确的。挂账等不计时的状态不计入阶段用时。',
      ],
    },
  ]
}
