export const openApiDocument = (): Record<string, unknown> => ({ openapi: '3.1.0', info: { title: '同心', version: '1' }, paths: {} })
