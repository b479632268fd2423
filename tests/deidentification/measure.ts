/**
 * Measures the proposal of public texts: node tests/deidentification/measure.ts FOLDER, where FOLDER holds raised.xlsx and
 * answered.xlsx. Compares what a person labelled (labels.jsonl) with what deIdentify takes out of the same raw cell texts.
 * With `--errors` it prints what was missed and what was taken without need, of the half that rules are improved on alone:
 * people's words, for the terminal only.
 */
import { PERSONAL_KINDS, type PersonalKind, type Removal } from '@tongxin/lifecycle'
import { deIdentify } from '../../apps/api/src/personal-data/de-identify.ts'
import { type Label, type Labelled, readLabels } from './labels.ts'
import { type Message, readMessages } from './messages.ts'
import { unmask } from './unmask.ts'

interface Compared {
  kind: PersonalKind
  /** Overlaps with something of the other side. */
  met: boolean
  /** The same place and kind on the other side. */
  exact: boolean
  shown: string
}

interface Figures {
  /** What was labelled, and whether it was taken out. */
  labelled: Compared[]
  /** What was taken out, and whether it was labelled. */
  removed: Compared[]
}

type Span = Pick<Label, 'start' | 'end' | 'kind'>
const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end
const same = (a: Span, b: Span) => a.start === b.start && a.end === b.end && a.kind === b.kind

const compare = (spans: readonly Span[], others: readonly Span[], text: string): Compared[] =>
  spans.map((span) => ({
    kind: span.kind,
    met: others.some((other) => overlaps(span, other)),
    exact: others.some((other) => same(span, other)),
    shown: `${text.slice(Math.max(0, span.start - 12), span.start)}[${text.slice(span.start, span.end)}]${text.slice(span.end, span.end + 12)}`,
  }))

const measure = (messages: ReadonlyMap<string, Message>, labelled: readonly Labelled[]): Figures => {
  const figures: Figures = { labelled: [], removed: [] }
  for (const { file, number, labels: found } of labelled) {
    const raw = messages.get(`${file} ${number}`)
    if (!raw) throw new Error(`No message ${number} in ${file}.xlsx`)
    const { message, labels } = unmask(raw, found)
    for (const column of ['title', 'body'] as const) {
      const text = message[column]
      const removals: Removal[] = deIdentify(text).removals
      const here = labels.filter((label) => label.column === column)
      figures.labelled.push(...compare(here, removals, text))
      figures.removed.push(...compare(removals, here, text))
    }
  }
  return figures
}

const share = (all: readonly Compared[], holds: (one: Compared) => boolean): string => {
  if (all.length === 0) return '–'.padStart(14)
  const held = all.filter(holds).length
  return `${((100 * held) / all.length).toFixed(1)} % ${`(${held}/${all.length})`.padStart(9)}`.padStart(18)
}
const line = (name: string, labelled: readonly Compared[], removed: readonly Compared[]) =>
  [
    name.padEnd(10),
    share(labelled, ({ met }) => met),
    share(removed, ({ met }) => met),
    share(labelled, ({ exact }) => exact),
    share(removed, ({ exact }) => exact),
  ].join('  ')

const print = (title: string, messages: number, { labelled, removed }: Figures): void => {
  console.log(`\n${title}: ${messages} messages, ${labelled.length} pieces of personal data`)
  const head = ['recall', 'precision', 'exact recall', 'exact precision'].map((word) => word.padStart(18))
  console.log(['kind'.padEnd(10), ...head].join('  '))
  for (const kind of Object.keys(PERSONAL_KINDS)) {
    const of = (all: Compared[]) => all.filter((one) => one.kind === kind)
    if (of(labelled).length + of(removed).length > 0) console.log(line(kind, of(labelled), of(removed)))
  }
  console.log(line('all', labelled, removed))
}

const [folder = '', option] = process.argv.slice(2)
const messages = new Map((await readMessages(folder)).map((message) => [`${message.file} ${message.number}`, message]))
const labelled = readLabels()
for (const half of ['tuned', 'held out'] as const) {
  const own = labelled.filter((one) => one.half === half)
  const figures = measure(messages, own)
  print(half, own.length, figures)
  if (option !== '--errors' || half !== 'tuned') continue
  for (const { kind, shown } of figures.labelled.filter(({ met }) => !met)) console.log(`missed ${kind}: ${shown}`)
  for (const { kind, shown } of figures.removed.filter(({ met }) => !met)) console.log(`needless ${kind}: ${shown}`)
  for (const { kind, shown } of figures.labelled.filter(({ met, exact }) => met && !exact))
    console.log(`differs ${kind}: ${shown}`)
}
