/** Answers what is asked about claims after a recovery. */
import path from 'node:path';
import type { Address } from '../../shared/address.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Handlers } from '../ipc/handlers.ts';
import { claimsReport } from '../recovery/claims/report.ts';
import { recheckClaims } from '../recovery/claims/recheck.ts';
import { claimRequests, requestFiles } from '../recovery/claims/requests.ts';
import type { Bench } from './bench.ts';
import { claimsContext } from './claims-context.ts';
import { issue } from './claims-issue.ts';
import type { WizardParts } from './wizard-parts.ts';

type ClaimsProcedures = Extract<keyof Handlers, `claims.${string}`>;

/** @throws DeskError CLAIM_NOT_ISSUABLE where that issuer is asked for nothing by now, of reading. */
async function saveRequest(
  parts: WizardParts,
  recoveryId: string,
  issuer: Address,
  form: 'document' | 'page',
): Promise<{ fileName: string } | null> {
  const { requests } = claimRequests(await claimsReport(claimsContext(parts.site()), recoveryId), new Date());
  const ending = form === 'page' ? '.html' : '.json';
  const made = requestFiles(requests).find((file) => file.issuer === issuer && file.name.endsWith(ending));
  if (made === undefined) {
    throw new DeskError('CLAIM_NOT_ISSUABLE', {
      message: `There is nothing to ask ${issuer} for any more. Nothing was saved.`,
      remedy: 'Look at the claims again.',
      retry: 'never',
    });
  }
  const file = await parts.dialogs.saveFile({
    title: 'Save the request for the issuer',
    defaultName: made.name,
    text: made.text,
  });
  return file === null ? null : { fileName: path.basename(file) };
}

export function claimsHandlers({ wizard: parts }: Bench): Pick<Handlers, ClaimsProcedures> {
  return {
    'claims.read': async ({ recoveryId }) =>
      (await claimsReport(claimsContext(parts.site()), recoveryId)).report,
    'claims.recheck': ({ recoveryId }) => recheckClaims(claimsContext(parts.site()), recoveryId),
    'claims.saveRequest': ({ recoveryId, issuer, form }) => saveRequest(parts, recoveryId, issuer, form),
    'claims.issue': ({ recoveryId }) => issue(parts, recoveryId),
  };
}
