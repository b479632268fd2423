import { isMedia, type RouteContract, routes, successStatus, takesIdempotencyKey } from '@tongxin/contract'

function entry(contract: RouteContract): string {
  const response = contract.responses[successStatus(contract)]
  const fields = [
    `method: '${contract.method}'`,
    `path: '${contract.path}'`,
    takesIdempotencyKey(contract) && 'idempotent: true',
    contract.anonymous && 'anonymous: true',
    contract.upload && `upload: '${contract.upload.field}'`,
    response && isMedia(response) && 'media: true',
  ]
  return `{ ${fields.filter(Boolean).join(', ')} }`
}

/** The text of src/route-table.ts. */
export function routeTableText(): string {
  const features = Object.entries(routes as Record<string, Record<string, RouteContract>>).map(
    ([feature, contracts]) =>
      `  ${feature}: {\n${Object.entries(contracts)
        .map(([name, contract]) => `    ${name}: ${entry(contract)},\n`)
        .join('')}  },\n`,
  )
  return `// Made from the contract by \`npm run openapi\`; not to be edited.\nexport const routeTable = {\n${features.join('')}} as const\n`
}
