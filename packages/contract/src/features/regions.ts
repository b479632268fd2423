import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { page, pageQuery } from '../page.ts'
import { route } from '../route.ts'

export const REGION_LEVELS = {
  district: '区县',
  street: '街道',
  community: '社区',
  grid: '网格',
  building: '楼栋',
} as const
export type RegionLevel = keyof typeof REGION_LEVELS
export const regionLevel = keysOf<RegionLevel>(REGION_LEVELS)

/** District 6 digits, street 9, community 12, grid 15, building: its grid and `B` with 2-3 digits. */
export const regionCode = z
  .string()
  .regex(
    /^\d{6}(\d{3}(\d{3}(\d{3}(B\d{2,3})?)?)?)?$/,
    '区域代码应为 6、9、12、15 位数字，楼栋为网格代码加 B 和 2–3 位数字',
  )
  .meta({ example: '340803002001' })

const civilDate = z.iso.date()

/** A GeoJSON geometry in WGS-84, longitude first. */
export const geometry = z.union([
  z.object({ type: z.literal('Point'), coordinates: z.array(z.number()).min(2).max(3) }),
  z.object({
    type: z.literal('Polygon'),
    coordinates: z
      .array(z.array(z.array(z.number()).min(2).max(3)).min(4).max(2000))
      .min(1)
      .max(20),
  }),
  z.object({
    type: z.literal('MultiPolygon'),
    coordinates: z
      .array(
        z
          .array(z.array(z.array(z.number()).min(2).max(3)).min(4).max(2000))
          .min(1)
          .max(20),
      )
      .min(1)
      .max(50),
  }),
])
export type Geometry = z.infer<typeof geometry>

/** As it was accepted; written out as it lies, for outlines are long and were checked when they came in. */
const geometryView = z.object({ type: z.enum(['Point', 'Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) })

export const regionView = z.object({
  code: regionCode,
  level: regionLevel,
  name: z.string(),
  parentCode: regionCode.nullable(),
  validFrom: civilDate,
  validTo: civilDate.nullable(),
  geometry: geometryView.nullable(),
  version: z.int(),
})
export type Region = z.infer<typeof regionView>

const regionName = z.string().trim().min(1).max(60)

export const newRegion = z.strictObject({
  code: regionCode,
  name: regionName,
  parentCode: regionCode,
  validFrom: civilDate.optional(),
  geometry: geometry.nullable().optional(),
})

export const regionChange = z.strictObject({
  name: regionName.optional(),
  parentCode: regionCode.optional(),
  /** The first day it no longer exists; null brings it back. */
  validTo: civilDate.nullable().optional(),
  geometry: geometry.nullable().optional(),
})

export const regionRoutes = {
  listRegions: route({
    operationId: 'listRegions',
    method: 'GET',
    path: '/v1/regions',
    summary: '区域列表',
    tag: '区域',
    permission: 'public.read',
    query: pageQuery.extend({
      under: regionCode.optional().describe('只列该区域及其下级'),
      level: regionLevel.optional(),
      geometry: z.stringbool().default(false).describe('是否带边界'),
      ended: z.stringbool().default(false).describe('是否包括已撤销的区域'),
    }),
    responses: { 200: page(regionView) },
  }),
  readRegion: route({
    operationId: 'readRegion',
    method: 'GET',
    path: '/v1/regions/:code',
    summary: '查看区域',
    tag: '区域',
    permission: 'public.read',
    params: z.object({ code: regionCode }),
    responses: { 200: regionView },
  }),
  addRegion: route({
    operationId: 'addRegion',
    method: 'POST',
    path: '/v1/regions',
    summary: '新增区域（网格、楼栋等）',
    tag: '区域',
    permission: 'regions.manage',
    body: newRegion,
    responses: { 201: regionView },
    errors: ['conflict', 'unprocessable'],
  }),
  changeRegion: route({
    operationId: 'changeRegion',
    method: 'PATCH',
    path: '/v1/regions/:code',
    summary: '修改区域：名称、边界、上级、撤销日期',
    tag: '区域',
    permission: 'regions.manage',
    params: z.object({ code: regionCode }),
    body: regionChange,
    ifMatch: true,
    responses: { 200: regionView },
    errors: ['unprocessable'],
  }),
}
