import { getTableColumns, getTableName, type InferInsertModel } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from './connect.ts'

interface Statement {
  name: string
  text: string
}
const statements = new WeakMap<PgTable, Statement>()

/** One prepared statement whatever the number of rows: a list of VALUES would meet the limit of 65,535 parameters. */
const statementFor = (table: PgTable): Statement => {
  let statement = statements.get(table)
  if (!statement) {
    const name = getTableName(table)
    const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined)
    const into = columns.map(([, column]) => column.name).join(', ')
    const from = columns.map(([key]) => `r."${key}"`).join(', ')
    const types = columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', ')
    statement = {
      name: `insert_many_${name}`,
      text: `insert into ${name} (${into}) select ${from} from json_to_recordset($1::json) as r(${types})`,
    }
    statements.set(table, statement)
  }
  return statement
}

/**
 * Inserts many rows with one statement. Every column must be given: defaults are not filled in, what is left out is null.
 * Texts must hold no NUL character; a tsvector is given in its text form.
 */
export async function insertMany<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly InferInsertModel<Table>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.$client.query({ ...statementFor(table), values: [JSON.stringify(rows)] })
}
