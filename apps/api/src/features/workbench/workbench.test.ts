import { councilRoutes, type IssueItem, issueRoutes, type WorkbenchItem, workbenchRoutes } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { REPORT } from '../../../test/support/agenda.ts'
import {
  aUnit,
  type Caller,
  COMMUNITY,
  DAY,
  GRID,
  NEIGHBOUR,
  STREET,
  startTestApp,
  type TestApp,
} from '../../../test/support/index.ts'
import { ACCEPTED, must, raiseAs } from '../../../test/support/issues.ts'
import { uploadPhoto } from '../../../test/support/photos.ts'
import { inTransaction } from '../../db/connect.ts'
import { loadReferenceCategories } from '../../reference/load-reference.ts'

const POSTS = {
  resident: { role: 'resident' },
  officer: { role: 'officer' },
  officer2: { role: 'officer' },
  secretary: { role: 'secretary' },
  supervisor: { role: 'supervisor', region: STREET },
  gridWorker: { role: 'grid_worker', region: GRID },
  foreigner: { role: 'officer', region: NEIGHBOUR },
} as const
type Post = keyof typeof POSTS | 'handler' | 'helper' | 'street'

let t: TestApp
const people = {} as Record<Post, { id: string }>
const who = {} as Record<Post, Caller>

/** Time passes, what falls due is done, and everybody signs in again: a session does not outlast it. */
const pass = async (milliseconds: number) => {
  t.clock.advance(milliseconds)
  await t.runDueJobs()
  for (const [post, person] of Object.entries(people)) who[post as Post] = await t.as(person)
}
let leadUnitId: string
let coUnitId: string
let aloneUnitId: string
let streetUnitId: string

beforeAll(async () => {
  t = await startTestApp({ tick: 1 })
  await inTransaction(t.deps.pool, loadReferenceCategories)
  ;[leadUnitId, coUnitId] = [(await aUnit(t.deps)).id, (await aUnit(t.deps)).id]
  aloneUnitId = (await aUnit(t.deps, { hasAccounts: false })).id
  streetUnitId = (await aUnit(t.deps, { regionCode: STREET })).id
  for (const [post, settings] of Object.entries(POSTS)) people[post as Post] = await t.aPerson(settings)
  people.handler = await t.aPerson({ role: 'unit_handler', unitId: leadUnitId })
  people.helper = await t.aPerson({ role: 'unit_handler', unitId: coUnitId })
  people.street = await t.aPerson({ role: 'unit_handler', region: STREET, unitId: streetUnitId })
  await pass(0)
})
afterAll(() => t.close())

const page = async (post: Post, query: object = {}) => {
  const reply = await who[post].call(workbenchRoutes.listWorkbench, {
    query: { community: COMMUNITY, limit: 100, ...query } as never,
  })
  expect(reply.status, reply.text).toBe(200)
  return reply.body
}
const POSTED = ['officer', 'secretary', 'gridWorker', 'supervisor', 'handler', 'helper', 'street'] as const
/** What the matter's own page puts first. */
const nextOn = async (post: Post, id: string) => {
  const { body } = await who[post].call(issueRoutes.readIssue, { params: { id } })
  return body.allowedActions.filter(({ next }) => next).map(({ action }) => action)
}
/** For whom the matter waits, and with which step; `~` for those who wait for others. */
const waits = async (id: string) => {
  const entries = await Promise.all(
    POSTED.flatMap((post) =>
      (['mine', 'others'] as const).map(async (list) => {
        const item = (await page(post, { list })).items.find((each) => each.id === id)
        if (item) expect(await nextOn(post, id)).toEqual(item.step ? [item.step.action] : [])
        return item ? [[post, item.step ? `${item.step.action} ${item.step.clock}` : '~'] as const] : []
      }),
    ),
  )
  return Object.fromEntries(entries.flat())
}
const accepted = async (fields = {}, as = {}) => {
  const id = await raiseAs(who.resident, fields)
  await must(who.officer, id, 'accept', { ...ACCEPTED, ...as })
  return id
}
const soon = () => new Date(t.clock.now().getTime() + 20 * DAY).toISOString()

it('puts a matter before whoever may do what its clock waits for, from being raised to being public', async () => {
  const id = await raiseAs(who.resident)
  const accept = 'accept contact'
  expect(await waits(id)).toEqual({ officer: accept, gridWorker: accept, secretary: '~', supervisor: '~' })
  await must(who.officer, id, 'accept', ACCEPTED)
  const dispatch = 'dispatch dispatch'
  expect(await waits(id)).toEqual({ officer: dispatch, secretary: dispatch, gridWorker: '~', supervisor: '~' })
  const offered = (await who.officer.call(issueRoutes.readIssue, { params: { id } })).body.allowedActions
  await must(who.officer, id, 'dispatch', { leadUnitId, coUnits: [{ unitId: coUnitId }] })
  const { handleDueAt } = (await who.officer.call(issueRoutes.readIssue, { params: { id } })).body
  // What was said before of its date has come true.
  expect(handleDueAt).not.toBeNull()
  expect(offered.find(({ action }) => action === 'dispatch')?.dueByRule).toBe(handleDueAt)
  expect(offered.find(({ action }) => action === 'comment')?.dueByRule).toBeNull()
  const watched = { officer: '~', secretary: '~', gridWorker: '~', supervisor: '~' }
  expect(await waits(id)).toEqual({ ...watched, handler: 'sign sign', helper: 'sign_part sign' })
  await must(who.handler, id, 'sign')
  await must(who.helper, id, 'sign_part', { unitId: coUnitId })
  // The lead hands in what is done by all.
  expect(await waits(id)).toEqual({ ...watched, handler: '~', helper: 'finish_part part' })
  await must(who.helper, id, 'finish_part', { unitId: coUnitId, result: '已清理' })
  expect(await waits(id)).toMatchObject({ ...watched, handler: 'submit handle' })
  await must(who.handler, id, 'request_extension', { requestedDueAt: soon(), reason: '配件须定制' })
  await must(who.supervisor, id, 'supervise', { order: '尽快', dueAt: soon() })
  await must(who.secretary, id, 'escalate', { reason: '需街道协调', streetUnitId })
  expect(await waits(id)).toMatchObject({
    officer: 'decide_extension extension',
    secretary: 'decide_extension extension',
    supervisor: 'report_in report_in',
    street: 'report_in report_in',
  })
  await must(who.street, id, 'report_in', { progressText: '已到场' })
  await must(who.officer, id, 'decide_extension', { approved: true, dueAt: soon(), reason: '同意' })
  expect(await waits(id)).toMatchObject({ officer: 'reply_supervision supervision', supervisor: '~' })
  await must(who.officer, id, 'reply_supervision', { answer: '已在办理' })
  await must(who.handler, id, 'submit', { result: '已更换灯头' })
  const verify = 'verify verify'
  expect(await waits(id)).toMatchObject({ officer: verify, secretary: verify, gridWorker: verify, handler: '~' })
  await must(who.gridWorker, id, 'verify', { finding: '灯已亮', photos: [await uploadPhoto(who.gridWorker)] })
  // Checked is checked: it may be once more, and is asked of nobody.
  const publicize = 'publicize verify'
  expect(await waits(id)).toMatchObject({ officer: publicize, secretary: publicize, gridWorker: '~', handler: '~' })
})

it('asks staff in place of a unit that nobody signs in for, and nobody to judge what they did themselves', async () => {
  const id = await accepted({ kind: 'request', visibility: 'private' })
  await must(who.officer, id, 'dispatch', { leadUnitId: aloneUnitId })
  expect(await waits(id)).toMatchObject({ officer: 'sign sign', secretary: '~' })
  await must(who.officer, id, 'sign')
  await must(who.officer, id, 'submit', { result: '已办' })
  const of = await waits(id)
  expect(of).toMatchObject({ officer: '~', secretary: 'verify verify' })
  expect((await page('officer2')).items.map((item) => item.id)).toContain(id)
})

it('is ordered by what runs out first, paged without gaps, and shows what its reader may read', async () => {
  await accepted({ title: '三号楼路灯不亮，电话13912345678' }, { urgency: 'emergency' })
  await accepted()
  await raiseAs(who.resident, { kind: 'request', visibility: 'private', urgency: 'emergency' })
  await raiseAs(who.resident)
  for (const list of ['mine', 'others'] as const) {
    const { items } = await page('secretary', { list })
    expect(items.length).toBeGreaterThan(1)
    const dues = items.map((item: IssueItem) => String(item.dueAt))
    expect(dues).toEqual([...dues].sort())
    const seen: WorkbenchItem[] = []
    let cursor: string | null = null
    do {
      const next: Awaited<ReturnType<typeof page>> = await page('secretary', {
        list,
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...next.items)
      cursor = next.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(items)
  }
  const titles = (await page('supervisor', { list: 'others' })).items.map(({ title }) => title)
  expect(titles.join()).not.toContain('13912345678')

  const query = { query: { community: COMMUNITY } } as never
  const route = workbenchRoutes.listWorkbench
  expect((await who.foreigner.call(route, query)).status).toBe(403)
  expect((await who.resident.call(route, query)).status).toBe(403)
  expect((await t.nobody.call(route, query)).status).toBe(401)
})

it('reads on past rows that are somebody else’s, and puts what ran out at others before whoever may decide on it, rung by rung', async () => {
  const id = await accepted()
  await must(who.officer, id, 'dispatch', { leadUnitId })
  const warned = async (post: Post) =>
    (await page(post, { list: 'warnings' })).items.find((each) => each.id === id)?.warning
  const told = async () => ({
    officer: (await warned('officer'))?.actions,
    secretary: (await warned('secretary'))?.actions,
    supervisor: (await warned('supervisor'))?.actions,
  })
  expect(await told()).toEqual({})
  await pass(2 * DAY)
  expect(await told()).toMatchObject({ officer: ['reassign', 'escalate'] })
  expect(await warned('officer')).toMatchObject({ clock: 'sign' })
  // It stands on one list only, and a page is never empty while there is more.
  expect((await page('officer', { list: 'others' })).items.map((each) => each.id)).not.toContain(id)
  for (const list of ['mine', 'warnings', 'others'] as const) {
    const first = await page('officer', { list, limit: 1 })
    expect(first.items.length > 0 || first.nextCursor === null).toBe(true)
  }
  await pass(30 * DAY)
  expect(await told()).toEqual({
    officer: ['reassign', 'escalate'],
    secretary: ['reassign', 'escalate'],
    supervisor: ['supervise'],
  })
  await must(who.supervisor, id, 'supervise', { order: '尽快签收', dueAt: soon() })
  expect((await told()).supervisor).toBeUndefined()
  expect(await warned('gridWorker')).toBeUndefined()
})

it('says what the council waits for from this person', async () => {
  const steps = async (post: Post) => {
    const reply = await who[post].call(workbenchRoutes.listCouncilSteps, { query: { community: COMMUNITY } })
    expect(reply.status, reply.text).toBe(200)
    return reply.body.items.map(({ kind }) => kind)
  }
  const body = {
    community: COMMUNITY,
    title: '十二月议事会',
    place: '议事厅',
    heldAt: new Date(t.clock.now().getTime() + 5 * DAY).toISOString(),
    presiderId: people.secretary.id,
    reviewed: true,
  }
  const made = await who.officer.call(councilRoutes.createMeeting, { body })
  expect(made.status, made.text).toBe(201)
  const { id } = made.body
  const agenda = { params: { id }, ifMatch: made.body.version, body: { items: [REPORT] } }
  const { version } = (await who.officer.call(councilRoutes.setAgenda, agenda)).body
  expect([await steps('officer'), await steps('secretary'), await steps('handler')]).toEqual([
    ['announce'],
    ['announce'],
    [],
  ])
  const told = await who.officer.call(councilRoutes.announceMeeting, {
    params: { id },
    body: { reviewed: true, shortNoticeReason: '急事' },
    ifMatch: version,
  })
  expect(told.status, told.text).toBe(200)
  expect(await steps('officer')).not.toContain('announce')
  await pass(5 * DAY)
  expect(await steps('officer')).toContain('open')
  expect((await who.resident.call(workbenchRoutes.listCouncilSteps, { query: { community: COMMUNITY } })).status).toBe(
    403,
  )
})

it('is followed: told of once, and again whenever something happens in the community', async () => {
  const stop = new AbortController()
  const url = `${t.base}/v1/news/events?community=${COMMUNITY}`
  const headers = { authorization: `Bearer ${who.gridWorker.token}` }
  const reader = (await fetch(url, { headers, signal: stop.signal }))
    .body!.pipeThrough(new TextDecoderStream())
    .getReader()
  let heard = ''
  const times = async (count: number) => {
    while (heard.split('event: community').length <= count) heard += (await reader.read()).value ?? ''
  }
  await times(1)
  await raiseAs(who.resident)
  await times(2)
  stop.abort()
})
