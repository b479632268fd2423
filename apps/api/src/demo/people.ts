import type { GrantableRole, MemberKind, Share } from '@tongxin/contract'
import { ROLES } from '@tongxin/lifecycle'
import { buildingCode, COMMUNITY, DISTRICT, NEIGHBOUR, STREET } from './places.ts'
import { CITY_MANAGEMENT, PROPERTY, STREET_OFFICE } from './units.ts'

export interface DemoGrant {
  role: GrantableRole
  regionCode: string
  unit?: string
  /** User name of the member whose deputy this is. */
  deputyFor?: string
}

export interface DemoHome {
  buildingCode: string
  door: string
  kind: MemberKind
  share?: Share
  boundBy: 'code' | 'staff'
}

export interface DemoPerson {
  username: string
  /** What the list of accounts says of them. */
  title: string
  name: string
  regionCode: string
  grants: DemoGrant[]
  home?: DemoHome
}

const WHOLE: Share = { numerator: 1, denominator: 1 }

const staff = (
  username: string,
  name: string,
  role: GrantableRole,
  regionCodes: string[],
  { title, unit, home }: { title?: string; unit?: string; home?: DemoHome } = {},
): DemoPerson => ({
  username,
  title: title ?? ROLES[role].zh,
  name,
  regionCode: regionCodes[0]!.slice(0, 12),
  grants: regionCodes.map((regionCode) => ({ role, regionCode, unit })),
  home,
})

const home = (
  building: number,
  door: string,
  kind: MemberKind = 'owner',
  { boundBy = 'code' as DemoHome['boundBy'], share = kind === 'owner' ? WHOLE : undefined } = {},
): DemoHome => ({ buildingCode: buildingCode(building), door, kind, share, boundBy })

const resident = (number: number, name: string, where: DemoHome): DemoPerson => ({
  username: number === 1 ? 'resident' : `resident${number}`,
  title: where.kind === 'owner' ? '居民（业主）' : '居民',
  name,
  regionCode: COMMUNITY,
  grants: [],
  home: where,
})

/** They ask for and approve everybody's powers, one another's too: among three, nobody approves their own. */
export const FOUNDERS = ['administrator', 'supervisor', 'district_supervisor'] as const

/** The rest of the council: a representative or more for each grid, and the Party members who live there. */
const COUNCIL: readonly DemoPerson[] = [
  staff('representative2', '宋兰英', 'representative', [`${COMMUNITY}001`], { home: home(2, '2单元402') }),
  staff('representative3', '钱有为', 'representative', [`${COMMUNITY}002`], { home: home(5, '3单元101') }),
  staff('representative4', '唐素梅', 'representative', [`${COMMUNITY}003`], { home: home(8, '1单元302') }),
  staff('representative5', '董家宝', 'representative', [`${COMMUNITY}004`], { home: home(11, '2单元201') }),
  staff('representative6', '梁美华', 'representative', [`${COMMUNITY}004`], { home: home(12, '2单元502') }),
  staff('party_member2', '彭国庆', 'party_member', [COMMUNITY], { home: home(3, '1单元601') }),
  staff('party_member3', '邓秋生', 'party_member', [COMMUNITY], { home: home(6, '1单元301') }),
  staff('party_member4', '万红霞', 'party_member', [COMMUNITY], { home: home(9, '2单元401') }),
]

const DEPUTY: DemoGrant = { role: 'representative', regionCode: `${COMMUNITY}004`, deputyFor: 'representative6' }

/** Made-up people, one account per role under the role's code, and those a separation of duties needs beside them. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  staff('administrator', '郑启明', 'administrator', [DISTRICT]),
  staff('supervisor', '方静宜', 'supervisor', [STREET], { title: '街道督办' }),
  staff('district_supervisor', '孟昭远', 'supervisor', [DISTRICT], { title: '区督办' }),
  staff('street_handler', '陶立新', 'unit_handler', [STREET], { title: '街道经办人', unit: STREET_OFFICE }),
  staff('secretary', '周桂兰', 'secretary', [COMMUNITY]),
  staff('officer', '吴晓雯', 'officer', [COMMUNITY]),
  staff('officer2', '许志强', 'officer', [COMMUNITY], { title: '社区专干（二）' }),
  staff('grid_worker', '程永红', 'grid_worker', [COMMUNITY], { title: '网格员（网格长）' }),
  staff('grid_worker2', '汪海燕', 'grid_worker', [`${COMMUNITY}003`, `${COMMUNITY}004`], {
    title: '网格员（第三、四网格）',
  }),
  staff('unit_handler', '胡大庆', 'unit_handler', [COMMUNITY], { title: `经办人（${PROPERTY}）`, unit: PROPERTY }),
  staff('unit_handler2', '高建军', 'unit_handler', [STREET], {
    title: `经办人（${CITY_MANAGEMENT}）`,
    unit: CITY_MANAGEMENT,
  }),
  staff('representative', '江玉珍', 'representative', [COMMUNITY], { home: home(1, '2单元201') }),
  staff('party_member', '石满仓', 'party_member', [COMMUNITY], { home: home(4, '1单元102') }),
  ...COUNCIL,
  staff('volunteer', '潘秀英', 'volunteer', [COMMUNITY], { home: home(7, '3单元301') }),
  staff('care_worker', '章敏', 'care_worker', [COMMUNITY]),
  staff('teacher', '叶子衿', 'teacher', [COMMUNITY]),
  staff('mediator', '丁守义', 'mediator', [COMMUNITY]),
  resident(1, '刘凤霞', home(1, '1单元101')),
  resident(2, '陈国栋', home(2, '1单元302')),
  resident(3, '杨淑芬', home(3, '2单元501')),
  resident(4, '黄志远', home(4, '2单元402')),
  resident(5, '朱丽华', home(5, '1单元201')),
  resident(6, '徐德胜', home(6, '3单元602')),
  resident(7, '孙小梅', home(7, '1单元401')),
  resident(8, '马文斌', home(8, '2单元301')),
  resident(9, '曹桂英', home(9, '1单元502', 'family', { boundBy: 'staff' })),
  resident(10, '余成龙', home(10, '2单元101', 'tenant', { boundBy: 'staff' })),
  resident(11, '何秋菊', home(11, '3单元202', 'owner', { share: { numerator: 1, denominator: 2 } })),
  { ...resident(12, '施文博', home(12, '1单元601')), grants: [DEPUTY] },
  staff('officer_taipingsi', '鲁晓晨', 'officer', [NEIGHBOUR], { title: '社区专干（太平寺社区）' }),
  {
    username: 'resident_taipingsi',
    title: '居民（太平寺社区）',
    name: '袁素琴',
    regionCode: NEIGHBOUR,
    grants: [],
    home: { buildingCode: `${NEIGHBOUR}001B01`, door: '1单元101', kind: 'owner', share: WHOLE, boundBy: 'code' },
  },
  staff('unit_handler3', '罗小军', 'unit_handler', [COMMUNITY], { title: `经办人（${PROPERTY}，二）`, unit: PROPERTY }),
]

/** A number that is nobody's: the 199 0000 block stands for the demo. */
export const demoPhone = (index: number): string => `1990000${String(index + 1).padStart(4, '0')}`
