import type { UnitKind } from '@tongxin/contract'
import { COMMUNITY, DISTRICT, NEIGHBOUR, STREET } from './places.ts'

export interface DemoUnit {
  regionCode: string
  name: string
  kind: UnitKind
  hasAccounts: boolean
  phone: string
  /** Categories of reference/categories.csv. */
  duties: string[]
}

export const PROPERTY = '滨江物业服务中心'
export const COMMITTEE = '滨江苑社区居委会'
export const CITY_MANAGEMENT = '玉琳路城管中队'
export const STREET_OFFICE = '玉琳路街道办事处'

const unit = (
  regionCode: string,
  name: string,
  kind: UnitKind,
  hasAccounts: boolean,
  phone: string,
  duties: string,
): DemoUnit => ({ regionCode, name, kind, hasAccounts, phone, duties: duties.trim().split(/\s+/) })

/** Who answers for what. The numbers are made up. */
export const DEMO_UNITS: readonly DemoUnit[] = [
  unit(
    STREET,
    STREET_OFFICE,
    'street',
    true,
    '0556-0000001',
    '200301 200302 200407 200409 200499 100502 100601 209004 209012 209024',
  ),
  unit(COMMUNITY, COMMITTEE, 'committee', false, '0556-0000002', '209001 209012 209018 209026 209027 209099 100501'),
  unit(
    COMMUNITY,
    PROPERTY,
    'property',
    true,
    '0556-0000003',
    `200102 200103 200107 200108 200404 100102 100103 100104 100113 100117 100119 100126 100201 100212 100302 100304
     100305 100403 100404 100405 100407 100408 209015 209016 209017 209021 209022 209023`,
  ),
  unit(
    STREET,
    CITY_MANAGEMENT,
    'department',
    true,
    '0556-0000004',
    `200101 200109 200113 200115 200116 200118 200199 200201 200202 200203 200204 200205 200303 200304 200305 200399
     200501 200503 200504 200505 200506 200507 200508 200510 200511 200513 200599 100306 100307`,
  ),
  unit(
    STREET,
    '玉琳路派出所',
    'department',
    false,
    '0556-0000005',
    '200409 200502 200509 200512 100112 100136 100138 209001',
  ),
  unit(STREET, '玉琳路供电所', 'department', false, '0556-0000006', '200408 100105 100116 100117 100133 100134'),
  unit(
    DISTRICT,
    '大观区市政所',
    'department',
    false,
    '0556-0000007',
    `200110 200112 200401 200404 200406 100102 100103 100104 100106 100114 100118 100120 100205 100206 100209 100211
     100213 100604 100606`,
  ),
  unit(
    DISTRICT,
    '大观区环卫所',
    'department',
    false,
    '0556-0000008',
    '200102 200103 200104 200105 200117 100301 100303 100304 100305',
  ),
  unit(DISTRICT, '大观区园林所', 'department', false, '0556-0000009', '200106 100401 100402 100403 100405 100409'),
  unit(DISTRICT, '大观区市场监管所', 'department', false, '0556-0000010', '200116 200508 209002'),
  unit(DISTRICT, '供水公司', 'partner', false, '0556-0000011', '200402 100101'),
  unit(DISTRICT, '燃气公司', 'partner', false, '0556-0000012', '200403 100111 100135'),
  unit(COMMUNITY, '滨江社区卫生服务站', 'partner', false, '0556-0000013', '209024'),
  unit(COMMUNITY, '临江小学', 'partner', false, '0556-0000014', '209025'),
  unit(NEIGHBOUR, '太平寺社区居委会', 'committee', false, '0556-0000015', '209001 209012 209026 209027 209099'),
]
