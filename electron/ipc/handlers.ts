/** What answers the procedures of the contract: one function each, given parsed input, answering what is parsed again. */
import type { InputOf, OutputOf } from '../../shared/contract.ts';
import type { ProcedureName } from '../../shared/contract-names.ts';

/** Throws a `DeskError` for what a person can act on; anything else is a fault of the program. */
export type Handlers = {
  readonly [P in ProcedureName]: (input: InputOf<P>) => OutputOf<P> | Promise<OutputOf<P>>;
};
