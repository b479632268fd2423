import { PERMISSIONS, residentRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { holdsOver } from '../regions/index.ts'
import { importResidents } from './import-residents.ts'

export function serveResidents(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, residentRoutes.importResidents, async ({ tx, actor, body, file, accessChanged }) => {
    const tree = await deps.directory.regions.tree()
    if (!holdsOver(tree, actor, PERMISSIONS['households.manage'].roles, body.community)) throw new AppError('forbidden')
    const { report, raised } = await importResidents(tx, deps, { ...body, tree, actor, bytes: file.bytes })
    for (const personId of raised) accessChanged(personId)
    return report
  })
}
