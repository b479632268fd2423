/** What a form must know of a field that a route takes, from the contract's schema of it. */
export interface BodyField {
  /** `instant`: a date and time; `date`: a day; `choices`: a list. */
  type: 'text' | 'choice' | 'choices' | 'boolean' | 'integer' | 'number' | 'instant' | 'date'
  required?: true | undefined
  /** Of a text's characters, a number, or a list's entries. */
  least?: number
  most?: number
  options?: readonly string[]
}
