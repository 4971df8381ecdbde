import { expect, it } from 'vitest';
import { attendedEntry } from '../../../electron/workbench/attended-entry.ts';
import { recoveryCodesForm } from '../../../electron/workbench/entry-forms.ts';

it('asks nothing while nobody is at the desk', async () => {
  const shown: string[] = [];
  let away = true;
  const entry = attendedEntry(
    {
      ask: async (view) => {
        shown.push(view.kind);
        return 'taken';
      },
      cancel: () => shown.push('given up'),
    },
    () => away,
  );
  const submit = async () => ({ taken: true as const });

  expect(await entry.ask(recoveryCodesForm(['one']), submit)).toBe('cancelled');
  entry.cancel();
  expect(shown).toEqual(['given up']);

  away = false;
  expect(await entry.ask(recoveryCodesForm(['one']), submit)).toBe('taken');
  expect(shown).toEqual(['given up', 'form']);
});
