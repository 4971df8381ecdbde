import type { ReactElement } from 'react';
import type { DeskState } from '../../../shared/desk-state.ts';
import type { Custodian } from '../../app/store.ts';
import { Address } from '../../components/address.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';

const SIGNED_HERE = 'Confirms and signs these steps at this desk, signed in themselves, at once or later.';
const SIGNED_ELSEWHERE =
  'A Safe or custody platform signs these steps: the desk hands the calls out, and waits for them.';

/** Stands for whoever recovers; no id of an operator reads like it. */
export const YOURSELF = 'yourself';

export interface CustodianChoiceProps {
  readonly custodians: readonly Custodian[];
  /** Of this desk, with where their keys are. */
  readonly operators: DeskState['operators'];
  /** `YOURSELF`, or the id of an operator. */
  readonly chosen: string;
  readonly onChoose: (chosen: string) => void;
}

/** Who signs what takes the custodian right. Draws nothing where nobody else could. */
export function CustodianChoice(props: CustodianChoiceProps): ReactElement | null {
  const { custodians, operators, chosen, onChoose } = props;
  const elsewhere = (id: string): boolean => operators.some((one) => one.id === id && one.key === 'export');
  if (custodians.length === 0) return null;
  return (
    <ChoiceCards
      legend="Who signs token steps?"
      name="custodian"
      choices={[
        {
          value: YOURSELF,
          title: 'You',
          words: 'You sign everything. Each token needs its custodian right for your address.',
        },
        ...custodians.map(({ id, name, address }) => ({
          value: id,
          title: name,
          words: (
            <span>
              {elsewhere(id) ? SIGNED_ELSEWHERE : SIGNED_HERE} <Address value={address} form="plain" />
            </span>
          ),
        })),
      ]}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
