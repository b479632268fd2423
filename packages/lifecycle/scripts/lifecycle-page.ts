import {
  type ActionRow,
  CAPACITIES,
  type Doer,
  edges,
  FACT_ACTIONS,
  type FactRow,
  FIELDS,
  type FieldName,
  GUARDS,
  MOVES,
  type MoveRow,
  OPEN_STATES,
  STAGE_CODES,
  STAGES,
  STATE_CODES,
  STATES,
  type State,
  statesOf,
} from '../src/index.ts'

const label = ({ zh, en }: { zh: string; en: string }) => `${zh} ${en}`
const states = (codes: readonly State[]): string => {
  if (codes.length === STATE_CODES.length) return '任何状态 any'
  if (codes.length === OPEN_STATES.length && OPEN_STATES.every((code) => codes.includes(code))) return '未结 any open'
  return codes.map((code) => `\`${code}\``).join(', ')
}

const doer = ({ as, when }: Doer): string =>
  `${CAPACITIES[as].zh} \`${as}\`${when ? ` (${when.map((code) => `\`${code}\``).join(', ')})` : ''}`

const fields = (row: ActionRow): string =>
  Object.entries(row.fields)
    .map(([name, need]) => `${FIELDS[name as FieldName].zh} \`${name}\`${need === 'optional' ? '?' : ''}`)
    .join(', ') || '–'

const guards = (row: ActionRow): string => row.guards.map((code) => `\`${code}\``).join(', ') || '–'

const line = (...cells: string[]) => `| ${cells.join(' | ')} |`

const ways = ({ ways: all, door }: MoveRow): string =>
  door === 'product' && all.length > STATE_CODES.length
    ? '– → 任何状态 any'
    : all
        .filter((way) => way.from.length !== 1 || way.from[0] !== way.to)
        .map((way) => {
          const when = way.when ? ` (\`${way.when}\`)` : ''
          return `${states(way.from) || '–'} → \`${way.to}\`${when}`
        })
        .join('<br>')

const moveLine = ([code, row]: [string, MoveRow]) =>
  line(`\`${code}\``, label(row), ways(row), row.by.map(doer).join('<br>'), guards(row), fields(row))

const factLine = ([code, row]: [string, FactRow]) =>
  line(`\`${code}\``, label(row), states(row.in), row.by.map(doer).join('<br>'), guards(row), fields(row))

/** One arrow per pair of states, with every move that leads along it. */
const arrows = (): string[] => {
  const along = new Map<string, Set<string>>()
  for (const { action, from, to } of edges()) {
    if (from === to || action === 'import') continue
    const pair = `${from} --> ${to}`
    along.set(pair, (along.get(pair) ?? new Set()).add(MOVES[action].zh))
  }
  return [...along].map(([pair, names]) => `  ${pair}: ${[...names].join('、')}`)
}

const stages = (): string[] =>
  STAGE_CODES.flatMap((stage) => [
    `  state "${STAGES[stage].verb} ${STAGES[stage].en}" as stage_${stage} {`,
    ...statesOf(stage).map((code) => `    state "${STATES[code].zh} ${code}" as ${code}`),
    '  }',
  ])

/** The text of docs/lifecycle.md: the tables, and nothing that is not in them. */
export const lifecyclePage = (): string => `# 事项的一生 The life of an issue

<!-- Made from the tables of packages/lifecycle by \`node packages/lifecycle/scripts/write-page.ts\`; not to be edited. -->

居民提事 → 党群议事 → 联席办事 → 群众评事。下图与各表由程序中的规则表生成，接口 \`GET /v1/lifecycle\` 提供同样的内容。
The diagram and the tables are made from the rules the product runs on; \`GET /v1/lifecycle\` serves the same.

\`\`\`mermaid
stateDiagram-v2
  direction LR
${stages().join('\n')}
  [*] --> raised: ${MOVES.raise.zh}
${arrows().join('\n')}
\`\`\`

## 状态 States

| code | 名称 | 阶段 stage | 静置 resting |
|---|---|---|---|
${STATE_CODES.map((code) => {
  const { stage, resting } = STATES[code]
  return line(`\`${code}\``, label(STATES[code]), label(STAGES[stage]), resting ? '是 yes' : '')
}).join('\n')}

## 流转 Moves

改变状态，须带所见版本（\`If-Match\`）。They change the state and name the version they saw.

| code | 名称 | 从 → 到 from → to | 由谁 by | 条件 guards | 内容 fields (? 可选 optional) |
|---|---|---|---|---|---|
${Object.entries<MoveRow>(MOVES).map(moveLine).join('\n')}

## 记事 Facts

不改变状态，也不改变版本。They leave state and version alone.

| code | 名称 | 状态 in | 由谁 by | 条件 guards | 内容 fields (? 可选 optional) |
|---|---|---|---|---|---|
${Object.entries<FactRow>(FACT_ACTIONS).map(factLine).join('\n')}

## 条件 Guards

不满足时，答复中的原因即此代码。The code is the reason given where one does not hold.

| code | 说明 | meaning |
|---|---|---|
${Object.entries(GUARDS)
  .map(([code, { zh, en }]) => line(`\`${code}\``, zh, en))
  .join('\n')}
`
