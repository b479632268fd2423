import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalForm,
  canonicalLink,
  checkChain,
  ERASING_ACTION,
  type HashName,
  type Link,
  linkHash,
  newSalt,
  type Payloads,
  payloadHash,
  type StoredLink,
  subjectName,
} from './index.ts'

const subject = subjectName('issue', '340803002001', '01900000-0000-7000-8000-000000000001')

interface Step {
  action: string
  record: unknown
  personal: unknown
}

const chainOf = (steps: readonly Step[], hashName: HashName = 'sha256') => {
  const links: StoredLink[] = []
  const payloads: Payloads[] = []
  for (const [index, step] of steps.entries()) {
    const recordSalt = newSalt()
    const personalSalt = step.personal === null ? null : newSalt()
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString()
    const link: Link = {
      subject,
      seq: index + 1,
      action: step.action,
      from: index === 0 ? null : 'raised',
      to: 'raised',
      occurredAt: at,
      recordedAt: at,
      recordHash: payloadHash(hashName, recordSalt, step.record),
      personalHash: personalSalt === null ? null : payloadHash(hashName, personalSalt, step.personal),
      previous: links.at(-1)?.hash ?? null,
    }
    links.push({ ...link, hash: linkHash(hashName, link), hashName })
    payloads.push({ record: step.record, recordSalt, personal: step.personal, personalSalt })
  }
  return { links, payloads }
}

const threeSteps: Step[] = [
  { action: 'raise', record: { title: '路灯不亮', place: ['3', null] }, personal: { name: '张三' } },
  { action: 'accept', record: { urgency: 'ordinary' }, personal: null },
  { action: 'comment', record: {}, personal: { text: '谢谢' } },
]

const json = fc.jsonValue().filter((value) => value !== null)
const step = fc.record({ action: fc.string(), record: json, personal: fc.option(json) })

describe('a payload hash', () => {
  it('does not depend on the order of keys, which PostgreSQL does not keep', () => {
    const salt = newSalt()
    expect(payloadHash('sha256', salt, { b: 1, a: [2, { d: 3, c: 4 }] })).toBe(
      payloadHash('sha256', salt, { a: [2, { c: 4, d: 3 }], b: 1 }),
    )
  })

  it('is known for a known salt', () => {
    const salt = '000102030405060708090a0b0c0d0e0f'
    // printf '%s' '000102030405060708090a0b0c0d0e0f{"a":"路灯","b":1}' | sha256sum, and openssl dgst -sm3
    expect(payloadHash('sha256', salt, { b: 1, a: '路灯' })).toBe(
      'a14995a5e1b1cfce83c0d1d0a2decf6c333318d2c59b0be3a2a4350c490b38b7',
    )
    expect(payloadHash('sm3', salt, { b: 1, a: '路灯' })).toBe(
      'e6d62d4da39648e19f40af03fa81bfa1e1fc1a23992a48e5429714c8c227f35c',
    )
  })

  it('differs for equal payloads, because every salt is new', () => {
    const salts = new Set(Array.from({ length: 1000 }, newSalt))
    expect(salts.size).toBe(1000)
    expect([...salts].every((salt) => /^[0-9a-f]{32}$/.test(salt))).toBe(true)
  })

  it('refuses what JSON cannot hold and a salt of the wrong form', () => {
    expect(() => payloadHash('sha256', newSalt(), { n: Number.NaN })).toThrow()
    expect(() => payloadHash('sha256', newSalt(), '\ud800')).toThrow()
    expect(() => payloadHash('sha256', newSalt(), undefined)).toThrow(TypeError)
    expect(() => payloadHash('sha256', 'abc', {})).toThrow(TypeError)
  })

  it('survives a round trip through JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalForm(JSON.parse(JSON.stringify(value)))).toBe(canonicalForm(value))
      }),
    )
  })
})

describe('the canonical form of a link', () => {
  it('is RFC 8785 of the same object', () => {
    const optional = fc.option(fc.string({ unit: 'grapheme' }))
    const anyLink = fc.record({
      subject: fc.string({ unit: 'grapheme' }),
      seq: fc.nat(),
      action: fc.string({ unit: 'binary-ascii' }),
      from: optional,
      to: optional,
      occurredAt: fc.string(),
      recordedAt: fc.string(),
      recordHash: fc.string(),
      personalHash: optional,
      previous: optional,
    })
    fc.assert(
      fc.property(anyLink, (link) => {
        expect(canonicalLink(link)).toBe(
          canonicalForm({
            subject: link.subject,
            seq: link.seq,
            action: link.action,
            from: link.from,
            to: link.to,
            occurred_at: link.occurredAt,
            recorded_at: link.recordedAt,
            record_hash: link.recordHash,
            personal_hash: link.personalHash,
            previous: link.previous,
          }),
        )
      }),
    )
  })
})

describe('a chain', () => {
  it('holds, whatever its payloads, under both algorithms', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.constantFrom<HashName>('sha256', 'sm3'), (steps, hashName) => {
        const { links, payloads } = chainOf(steps, hashName)
        expect(checkChain(links, payloads)).toBeNull()
        expect(checkChain(links)).toBeNull()
      }),
    )
  })

  it('may change its algorithm on the way', () => {
    const { links, payloads } = chainOf(threeSteps)
    const third = { ...links[2]!, recordHash: payloadHash('sm3', payloads[2]!.recordSalt, payloads[2]!.record) }
    third.personalHash = payloadHash('sm3', payloads[2]!.personalSalt!, payloads[2]!.personal)
    links[2] = { ...third, hash: linkHash('sm3', third), hashName: 'sm3' }
    expect(checkChain(links, payloads)).toBeNull()
  })

  it('breaks where any single field of a link is altered', () => {
    const field = fc.constantFrom<keyof StoredLink>(
      'subject',
      'action',
      'from',
      'to',
      'occurredAt',
      'recordedAt',
      'recordHash',
      'personalHash',
      'previous',
      'hash',
      'hashName',
    )
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        field,
        fc.string(),
        (steps, at, key, edit) => {
          const { links, payloads } = chainOf(steps)
          const index = at % links.length
          fc.pre(links[index]![key] !== edit)
          links[index] = { ...links[index]!, [key]: edit }
          expect(checkChain(links, payloads)?.seq).toBe(index + 1)
        },
      ),
    )
  })

  it('names a removed event as a gap', () => {
    const { links, payloads } = chainOf(threeSteps)
    links.splice(1, 1)
    payloads.splice(1, 1)
    expect(checkChain(links, payloads)).toEqual({ subject, seq: 3, reason: 'gap', expected: 2, found: 3 })
  })

  it('names a removed and renumbered event as a broken link', () => {
    const { links } = chainOf(threeSteps)
    const moved = { ...links[2]!, seq: 2 }
    expect(checkChain([links[0]!, { ...moved, hash: linkHash('sha256', moved) }])).toMatchObject({
      seq: 2,
      reason: 'broken_link',
    })
  })

  it('names an event of another chain as a broken link', () => {
    const { links } = chainOf(threeSteps)
    const foreign = { ...links[1]!, subject: 'issue:other' }
    expect(checkChain([links[0]!, { ...foreign, hash: linkHash('sha256', foreign) }])?.reason).toBe('broken_link')
  })

  it('names an altered public record and an altered personal payload', () => {
    const { links, payloads } = chainOf(threeSteps)
    const edited = payloads.map((p) => ({ ...p }))
    edited[0]!.record = { title: '路灯亮了' }
    expect(checkChain(links, edited)).toMatchObject({ seq: 1, reason: 'record_altered' })
    edited[0] = { ...payloads[0]!, personal: { name: '李四' } }
    expect(checkChain(links, edited)).toMatchObject({ seq: 1, reason: 'personal_altered' })
    edited[0] = payloads[0]!
    edited[1] = { ...payloads[1]!, personal: { name: '王五' }, personalSalt: newSalt() }
    expect(checkChain(links, edited)).toMatchObject({ seq: 2, reason: 'personal_altered' })
  })

  it('holds after an erasure that is itself on record', () => {
    const { links, payloads } = chainOf([
      ...threeSteps,
      { action: ERASING_ACTION, record: { seqs: [1, 3] }, personal: null },
    ])
    for (const index of [0, 2]) payloads[index] = { ...payloads[index]!, personal: null, personalSalt: null }
    expect(checkChain(links, payloads)).toBeNull()
  })

  it('names a personal payload that vanished without a recorded erasure, or left its salt behind', () => {
    const { links, payloads } = chainOf(threeSteps)
    const vanished = payloads.with(2, { ...payloads[2]!, personal: null, personalSalt: null })
    expect(checkChain(links, vanished)).toMatchObject({ seq: 3, reason: 'personal_missing' })
    const half = payloads.with(0, { ...payloads[0]!, personal: null })
    expect(checkChain(links, half)).toMatchObject({ seq: 1, reason: 'personal_missing' })
  })
})
