import * as z from 'zod';
import { DeliveryList } from '../../../shared/api/deliveries.ts';
import { MemberList, MemberNow } from '../../../shared/api/members.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { Trouble } from '../trouble.ts';

const CurrentModel = z.object({ model: Model });
export type Listed = MemberList['members'][number];

/** Looks into Polku by its API. */
export const lookup = (api: string, token: string) => {
  const ask = (path: string): Promise<Response> =>
    fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });

  const read = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> => {
    const answer = await ask(path);
    if (!answer.ok) throw new Trouble(`Polku answered ${answer.status} to GET ${path}: ${await answer.text()}`);
    return schema.parse(await answer.json());
  };

  return {
    knows: async (member: string): Promise<boolean> => (await ask(`/v1/members/${encodeURIComponent(member)}`)).ok,

    model: async (): Promise<Model> => (await read('/v1/models/current', CurrentModel)).model,

    /** How many mails wait for their time; 100 stands for any more. */
    held: async (): Promise<number> =>
      (await read('/v1/deliveries?state=held&limit=100', DeliveryList)).deliveries.length,

    member: (id: string): Promise<MemberNow> => read(`/v1/members/${encodeURIComponent(id)}?language=en`, MemberNow),

    /** Everybody in a stage, whatever the number of pages. */
    inStage: async (journey: string, stage: string): Promise<readonly Listed[]> => {
      const all: Listed[] = [];
      let cursor: string | undefined;
      do {
        const query = new URLSearchParams({ journey, stage, limit: '200', ...(cursor ? { cursor } : {}) });
        const page = await read(`/v1/members?${query}`, MemberList);
        all.push(...page.members);
        cursor = page.next;
      } while (cursor);
      return all;
    },
  };
};
export type Lookup = ReturnType<typeof lookup>;
