/** Of a column with a person's id: it is this person's, also where it stands under a record that was merged into theirs. */
export const asOne = (parameter: string): string =>
  `in (select id from people where id = ${parameter}::uuid or merged_into = ${parameter}::uuid)`
