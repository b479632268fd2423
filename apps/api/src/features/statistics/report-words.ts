import { MEASURES, type MeasureCode, type Timing, type YearReport } from '@tongxin/contract'
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

const share = ({ count, within }: Timing, limit: number): string =>
  count === 0 ? '—' : percent((within.find((each) => each.limit === limit)?.count ?? 0) / count)

/** Beside the figure of the year before, where there was one. */
const beside = (now: number, before: number, unit: string): string =>
  before > 0 ? `${number(now)} ${unit}（上年同期 ${number(before)}）` : `${number(now)} ${unit}`

/** The report's text: what is printed, in its order. @param list address of the list behind a measure */
export const reportSections = (report: YearReport, list: (measure: MeasureCode) => string): ReportSection[] => {
  const { figures, lastYear, months, categories, votes } = report
  const { rates } = figures
  const { weights } = rates
  const whole = weights.response + weights.resolution + weights.satisfaction
  const count = (measure: MeasureCode, unit = '件'): ReportEntry => ({
    label: MEASURES[measure].zh,
    text: beside(figures.counts[measure] ?? 0, lastYear.counts[measure] ?? 0, unit),
    ...('open' in MEASURES[measure] && (figures.counts[measure] ?? 0) > 0 && { link: list(measure) }),
  })
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
        count('raised'),
        { label: '办结', text: beside(figures.closed.count, lastYear.closed.count, '件'), link: list('closed') },
        {
          label: '首次答复',
          text: `${number(figures.answered.count)} 件，24 小时内 ${share(figures.answered, DAY)}，中位 ${spanInWords(figures.answered.median)}，九成在 ${spanInWords(figures.answered.p90)}以内`,
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
      entries: [
        { label: '综合得分', text: rates.composite === null ? '—' : (rates.composite * 100).toFixed(1) },
        {
          label: '响应率',
          text: `${percent(rates.response)}（已联系 ${number(rates.contacted)} ÷ 有效 ${number(rates.valid)}）`,
        },
        {
          label: '解决率',
          text: `${percent(rates.resolution)}（已解决 ${number(rates.solved)} ÷ 有效 ${number(rates.valid)}）`,
        },
        {
          label: '满意率',
          text: `${percent(rates.satisfaction)}（非常满意 ${rates.levels[4]}、满意 ${rates.levels[3]}、基本满意 ${rates.levels[2]}、不满意 ${rates.levels[1]}、非常不满意 ${rates.levels[0]}）`,
        },
      ],
      paragraphs: [
        `综合得分 =（${weights.response} × 响应率 + ${weights.resolution} × 解决率 + ${weights.satisfaction} × 满意率）÷ ${whole}；满意率中“基本满意”按 ${weights.basic}% 计。没有评价的事项是“未评价”，不算满意，也不计入。`,
      ],
    },
    {
      heading: '守时与返工',
      table: {
        head: ['时限', '完成（次）', '按时（次）', '按时率'],
        rows: figures.clocks
          .filter(({ stopped }) => stopped > 0)
          .map(({ clock, stopped, onTime }) => [
            CLOCKS[clock].zh,
            number(stopped),
            number(onTime),
            percent(onTime / stopped),
          ]),
      },
      entries: [count('returned', '次'), count('rejected', '次'), count('reworked', '次'), count('reopened', '次')],
    },
    {
      heading: '各阶段用时',
      table: {
        head: ['阶段', '件数', '中位', '九成以内'],
        rows: figures.stages.map(({ stage, timing }) => [
          STAGES[stage].zh,
          number(timing.count),
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
        { label: '提事', text: `${number(figures.counts.raised ?? 0)} 人次`, link: list('raised') },
        { label: '附议', text: `${number(figures.counts.endorsed ?? 0)} 人次`, link: list('endorsed') },
        { label: '投票', text: `${number(votes)} 票` },
        { label: '评价', text: `${number(figures.counts.evaluated ?? 0)} 人次` },
      ],
    },
    {
      heading: '说明',
      paragraphs: [
        '数字由事项的存证记录逐件算出，可以核验；不公开的事项计入数字，不列出。件数少于 5 的类别并入“其他”。',
        '中位用时是从短到长居中的一件，两件居中取平均；九成用时排在第 0.9n 位（取整，从 0 数起）；时长按宽不超过 5% 的区间统计，所示为区间上限。24 小时等承诺时长恰为区间边界，其占比是精确的。挂账等不计时的状态不计入阶段用时。',
      ],
    },
  ]
}
