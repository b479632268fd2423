// 校验无记名投票：node verify-ballots.mjs 票箱.json   （Node 18 以上，不需要其他程序）
// 票箱即 GET /v1/motions/{编号}/ballots 的答复；用 - 从标准输入读取。Checks a published ballot box without trusting who published it.
import { constants, createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import process from 'node:process'

const CHOICES = ['for', 'against', 'abstain']
const FEWEST = 5
const SCHEME = 'RSABSSA-SHA384-PSS-Randomized'
const WORDS = { for: '赞成', against: '反对', abstain: '弃权' }

/** Every fault found in a box; none when it holds. */
export function faultsOf(box) {
  const faults = []
  const say = (zh, en) => faults.push(`${zh} / ${en}`)
  const same = (found, said, zh, en) => found === said || say(`${zh}：${found} ≠ ${said}`, `${en}: ${found} ≠ ${said}`)
  if (box.scheme !== SCHEME) say(`不认识的签名方式 ${box.scheme}`, 'unknown scheme')
  if (!Array.isArray(box.ballots)) return [...faults, '尚未计票，没有公布选票 / not counted yet']
  if (box.message !== `tongxin ballot ${box.motionId}`)
    say('签名内容与表决编号不符', 'the message is not of this motion')

  const key = createPublicKey({ key: Buffer.from(box.publicKey, 'base64'), format: 'der', type: 'spki' })
  const scheme = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
  const message = Buffer.from(box.message, 'utf8')
  const seen = new Set()
  const heads = { for: 0, against: 0, abstain: 0 }
  let last = ''
  for (const { token, choice, signature } of box.ballots) {
    const bytes = Buffer.from(token, 'base64url')
    // One way of writing a token, or one paper could stand here twice.
    if (bytes.length !== 32 || bytes.toString('base64url') !== token) say(`编号无效 ${token}`, 'malformed token')
    if (seen.has(bytes.toString('hex'))) say(`编号重复 ${token}`, 'token twice')
    seen.add(bytes.toString('hex'))
    if (!(last < token)) say(`没有按编号排序 ${token}`, 'not in the order of tokens')
    last = token
    if (CHOICES.includes(choice)) heads[choice] += 1
    else say(`选择无效 ${choice}`, 'unknown choice')
    const signed = Buffer.concat([bytes, message])
    if (!verify('sha384', signed, scheme, Buffer.from(signature, 'base64url')))
      say(`签名无效 ${token}`, 'bad signature')
  }

  if (box.issued > box.entitled) say(`领票 ${box.issued} 张，多于名册 ${box.entitled} 人`, 'more issued than entitled')
  if (box.cast > box.issued) say(`投票 ${box.cast} 张，多于领票 ${box.issued} 张`, 'more cast than issued')
  if (box.opened) {
    same(box.ballots.length, box.cast, '公布的张数', 'ballots published')
    for (const choice of CHOICES) same(heads[choice], box.heads[choice], WORDS[choice], choice)
    const lines = box.ballots.map(({ token, choice, signature }) => `${token} ${choice} ${signature}`)
    same(createHash('sha256').update(lines.join('\n')).digest('hex'), box.listHash, '清单散列值', 'list hash')
  } else {
    if (box.cast >= FEWEST) say('票数足够，却没有开票', 'enough were cast, yet they were not opened')
    same(box.ballots.length, 0, '未开票而公布的张数', 'ballots published unopened')
  }
  return faults
}

if (process.argv[1] && import.meta.url.endsWith(encodeURI(process.argv[1].replaceAll('\\', '/').split('/').pop()))) {
  const [, , file, token] = process.argv
  if (!file) {
    console.error('用法：node verify-ballots.mjs 票箱.json [我的选票编号]')
    process.exit(2)
  }
  const box = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
  const faults = faultsOf(box)
  const mine = token && box.ballots?.find((ballot) => ballot.token === token)
  if (token)
    console.log(
      mine ? `您的选票在清单中：${WORDS[mine.choice]} / found: ${mine.choice}` : '清单中没有您的选票 / not found',
    )
  for (const fault of faults) console.error(`✗ ${fault}`)
  if (faults.length > 0 || (token && !mine)) process.exit(1)
  const { heads } = box
  console.log(
    `✓ 名册 ${box.entitled} 人，领票 ${box.issued} 张，投票 ${box.cast} 张；` +
      `赞成 ${heads.for}，反对 ${heads.against}，弃权 ${heads.abstain}。每张选票的签名有效，编号各不相同。`,
  )
}
