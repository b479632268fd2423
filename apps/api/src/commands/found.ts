import { parseArgs } from 'node:util'
import { chinesePhone } from '@tongxin/contract'
import { migrate } from '../db/migrate.ts'
import { AlreadyFounded, type Founder, foundInstallation } from '../features/accounts/index.ts'
import { onInstallation, runCommand, UsageError } from './command.ts'

const USAGE = `用法：npm run found -- --district 340803=大观区 --street 340803002=玉琳路街道 --community 340803002001=滨江苑社区 \\
    --administrator 姓名=手机号 --supervisor 姓名=手机号 --supervisor 姓名=手机号
  区、街道和第一个社区；其余的在工作台里添加。
  一位系统管理员、两位区督办：三个人互相提出、批准，从第一项授权起就没有人能独自授权。`

await runCommand(async () => {
  const founding = readArguments()
  return onInstallation(async (deps) => {
    const founders = await foundInstallation(deps, founding).catch((error) => {
      if (!(error instanceof AlreadyFounded)) throw error
      throw new UsageError('已经有系统管理员，不能再次启用；请由现有的人在工作台授权。')
    })
    console.log(
      '✓ 已登记并互相授权。请各自在 30 分钟内到工作台用下面的验证码登录，不必再点“获取验证码”，随后设置自己的密码：',
    )
    for (const { name, phone, code } of founders) console.log(`  ${name}  ${phone}  ${code}`)
    return 0
  }, migrate)
})

function readArguments() {
  const options = {
    district: { type: 'string' },
    street: { type: 'string' },
    community: { type: 'string' },
    administrator: { type: 'string' },
    supervisor: { type: 'string', multiple: true },
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`)
  }
  const [district, street, community] = [
    placeIn(values.district, 6),
    placeIn(values.street, 9),
    placeIn(values.community, 12),
  ]
  const [administrator, first, second, ...more] = [values.administrator, ...(values.supervisor ?? [])].map(founderIn)
  if (!administrator || !first || !second || more.length > 0) throw new UsageError(USAGE)
  if (!street.code.startsWith(district.code) || !community.code.startsWith(street.code))
    throw new UsageError('街道的代码须以区的代码开头，社区的须以街道的开头')
  const phones = [administrator, first, second].map(({ phone }) => phone)
  if (new Set(phones).size < 3) throw new UsageError('三个人须有各自的手机号')
  return { district, street, community, administrator, supervisors: [first, second] as const }
}

function placeIn(text: string | undefined, digits: number) {
  const [code = '', name = ''] = (text ?? '').split('=').map((part) => part.trim())
  if (!/^\d+$/.test(code) || code.length !== digits || !name) throw new UsageError(USAGE)
  return { code, name }
}

function founderIn(text: string | undefined): Founder {
  const [name = '', phone = ''] = (text ?? '').split('=').map((part) => part.trim())
  if (!name || !chinesePhone.safeParse(phone).success) throw new UsageError(USAGE)
  return { name, phone }
}
