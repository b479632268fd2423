import { FIELDS, type Field, type FieldName } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, page, pageQuery } from '../page.ts'
import { route } from '../route.ts'
import { PHRASED, type PhrasedAction } from '../words.ts'
import { regionCode } from './regions.ts'

/** All that a community keeps; more than this nobody looks through while writing. */
const MOST_PHRASES = 200

export const phrase = z
  .strictObject({
    action: keysOf<PhrasedAction>(PHRASED),
    choice: z.string().nullable().describe('只在选了这一项时用，如不予受理的某个原因、转介的某个去向；为空则都可用'),
    text: z.string().trim().min(2, '请写出这句话').max(500),
  })
  .refine(
    ({ action, choice }) => {
      const { by }: { field: FieldName; by?: FieldName } = PHRASED[action]
      const options = by && (FIELDS[by] as Field).options
      return choice === null || (options !== undefined && Object.hasOwn(options, choice))
    },
    { path: ['choice'], message: '这一步没有这一项' },
  )
  .meta({ id: 'Phrase' })
export type Phrase = z.infer<typeof phrase>

const phraseSet = z.object({
  items: z.array(phrase).describe('按给人看的顺序'),
  version: z.int().describe('修改一次加一；还没有改过为 0'),
})
export type PhraseSet = z.infer<typeof phraseSet>

const phraseChange = z.object({
  version: z.int(),
  at: instant,
  byName: z.string().nullable().describe('全名'),
  added: z.array(phrase),
  removed: z.array(phrase).describe('改了字句的，原句在这里，新句在新增里；两边都空的只调整了顺序'),
})
export type PhraseChange = z.infer<typeof phraseChange>

const params = z.object({ communityCode: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码').describe('社区代码') })
const tag = '常用语'

export const phraseRoutes = {
  readPhrases: route({
    operationId: 'readPhrases',
    method: 'GET',
    path: '/v1/phrases/:communityCode',
    summary: '社区办事常用的句子',
    description: '还没有改过的社区用随产品附带的一套。',
    tag,
    permission: 'phrases.read',
    params,
    responses: { 200: phraseSet },
  }),
  setPhrases: route({
    operationId: 'setPhrases',
    method: 'PUT',
    path: '/v1/phrases/:communityCode',
    summary: '修改常用的句子：增、删、改、调整顺序',
    description: '送来的是整套。以前的每一套都留着。',
    tag,
    permission: 'phrases.manage',
    params,
    body: z.strictObject({ items: z.array(phrase).max(MOST_PHRASES) }),
    ifMatch: true,
    responses: { 200: phraseSet },
    errors: ['conflict'],
  }),
  listPhraseChanges: route({
    operationId: 'listPhraseChanges',
    method: 'GET',
    path: '/v1/phrases/:communityCode/changes',
    summary: '常用语的历次修改',
    tag,
    permission: 'phrases.read',
    params,
    query: pageQuery,
    responses: { 200: page(phraseChange) },
  }),
}
