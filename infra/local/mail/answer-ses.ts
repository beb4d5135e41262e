import { randomUUID } from 'node:crypto';
import { isObject } from '../template/json-shape.ts';
import { CutOff } from './mail-faults.ts';
import { escapeXml, readArguments, toXml } from './query-protocol.ts';
import type { Ses } from './ses.ts';
import { SesError } from './ses-error.ts';

/** Answers a request of the Query protocol: status and XML. Throws CutOff. */
export const answerSes = async (ses: Ses, form: string): Promise<{ readonly status: number; readonly xml: string }> => {
  const given = readArguments(form);
  const action = isObject(given) && typeof given.Action === 'string' ? given.Action : '';
  const id = `<RequestId>${randomUUID()}</RequestId>`;
  try {
    const result = toXml(await ses(action, given));
    const inside = `<${action}Result>${result}</${action}Result><ResponseMetadata>${id}</ResponseMetadata>`;
    return {
      status: 200,
      xml: `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${inside}</${action}Response>`,
    };
  } catch (error) {
    if (error instanceof CutOff) throw error;
    const known = error instanceof SesError;
    const [type, code, message] = known
      ? ['Sender', error.code, error.message]
      : ['Receiver', 'InternalFailure', 'Internal failure'];
    const inside = `<Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    return { status: known ? 400 : 500, xml: `<ErrorResponse><Error>${inside}</Error>${id}</ErrorResponse>` };
  }
};
