import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import { keepingLatest } from '../kernel/keeping-latest.ts';
import { Letters } from '../mailing/letters/compiled-letter.ts';
import { Model } from '../scoring/model.ts';
import { held } from './held.ts';
import { CONFIG, CURRENT, modelKey, PARTITION, SORT } from './keys.ts';
import { modelEntries, VersionEntry } from './model-entries.ts';

export type ModelVersion = VersionEntry & { readonly model: Model };
/** A version without its model, for lists. */
export type ModelEntry = VersionEntry & { readonly current: boolean };

/** A table item holds 400 KB; the rest is room for the names and numbers beside the document and its letters. */
const MAX_BYTES = 390_000;

export class ModelTooLarge extends Error {
  override readonly name = 'ModelTooLarge';
  readonly bytes: number;
  constructor(bytes: number) {
    super(`The model is ${bytes} bytes long with its letters, at most ${MAX_BYTES} can be stored`);
    this.bytes = bytes;
  }
}

const Pointer = z.object({ version: z.int().positive() });
const Row = VersionEntry.extend({ body: z.string() });
const LettersRow = z.object({ letters: z.instanceof(Uint8Array) });

/** Letters have most of their HTML in common: packed they are a tenth. */
const packed = (letters: Letters): Uint8Array => gzipSync(JSON.stringify(letters));
const unpacked = (bytes: Uint8Array): Letters => Letters.parse(JSON.parse(gunzipSync(bytes).toString()));

/** All stores of a process read the same few versions: each is parsed once, and what is made of it can be kept beside it. */
const parsedModel = keepingLatest((body: string) => Model.parse(JSON.parse(body)), 8);

/** The scoring models: every version stays, and one of them is current. Needs no transactions. */
export const modelVersions = ({ client, table, now }: { client: DynamoDBClient; table: string; now: () => number }) => {
  const key = (sort: string) => marshall({ [PARTITION]: CONFIG.models, [SORT]: sort });
  const row = async (sort: string) => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key(sort), ConsistentRead: true }));
    return Item && unmarshall(Item);
  };
  const readPointer = async (): Promise<number | undefined> => {
    const found = await row(CURRENT);
    return found && Pointer.parse(found).version;
  };
  const readVersion = async (sort: string): Promise<ModelVersion | undefined> => {
    const found = await row(sort);
    if (!found) return undefined;
    const { body, ...entry } = Row.parse(found);
    return { ...entry, model: parsedModel(body) };
  };
  const pointer = cached(readPointer, now);
  const readLetters = async (sort: string): Promise<Letters | undefined> => {
    const found = await row(sort);
    return found && unpacked(LettersRow.parse(found).letters);
  };
  // A version never changes, so the same one is the same object.
  const versions = cached(readVersion, now);
  const lettersOf = cached(readLetters, now);
  const modelVersion = (version: number) => versions.get(modelKey(version), Number.POSITIVE_INFINITY);

  const { entries, publishedBy } = modelEntries({ client, table });

  /** Whether the version was free. */
  const put = async (entry: VersionEntry, body: string, letters: Uint8Array): Promise<boolean> => {
    const Item = {
      ...key(modelKey(entry.version)),
      ...marshall({ ...entry, body, letters }, { removeUndefinedValues: true }),
    };
    return held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item,
          ConditionExpression: 'attribute_not_exists(#p)',
          ExpressionAttributeNames: { '#p': PARTITION },
        }),
      ),
    );
  };

  return {
    /** The model in force, at most `maxAge` ms old; undefined before the first one is published. */
    async currentModel(maxAge = 60_000): Promise<ModelVersion | undefined> {
      const version = await pointer.get(CURRENT, maxAge);
      return version === undefined ? undefined : modelVersion(version);
    },
    modelVersion,
    /** The number of the model in force, read now; undefined before the first one is published. */
    currentVersion: () => pointer.get(CURRENT, 0),
    /** The number of the version that was in force at an instant, epoch ms; undefined: none was yet. */
    versionAt: async (instant: number): Promise<number | undefined> =>
      publishedBy(instant, (await pointer.get(CURRENT, 0)) ?? 0),
    /** The letters of a version, kept once read. */
    letters: (version: number): Promise<Letters | undefined> =>
      lettersOf.get(modelKey(version), Number.POSITIVE_INFINITY),
    /** The newest versions first. One that is no longer, or never became, current is listed too. */
    async models(limit = 100): Promise<ModelEntry[]> {
      const [list, current] = await Promise.all([entries(limit), readPointer()]);
      return list.map((entry) => ({ ...entry, current: entry.version === current }));
    },
    /**
     * Stores the model and its letters under the next free number, then points to it. Readers see the old model or the new one, never
     * a part of either; a crash between the steps leaves the old one in force. When two publish at once, both get a
     * number, and the higher one is in force in the end. Throws ModelTooLarge.
     * @param beforehand what must be there when it comes into force
     */
    async publishModel(
      model: Model,
      letters: Letters,
      entry: Omit<VersionEntry, 'version'>,
      beforehand: (version: number) => Promise<unknown> = async () => {},
    ): Promise<number> {
      const body = JSON.stringify(model);
      const packedLetters = packed(letters);
      const bytes = Buffer.byteLength(body) + packedLetters.byteLength;
      if (bytes > MAX_BYTES) throw new ModelTooLarge(bytes);
      let version = ((await entries(1))[0]?.version ?? 0) + 1;
      while (!(await put({ ...entry, version }, body, packedLetters))) version += 1;
      await beforehand(version);
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: key(CURRENT),
            UpdateExpression: 'SET #v = :v',
            ConditionExpression: 'attribute_not_exists(#v) OR #v < :v',
            ExpressionAttributeNames: { '#v': 'version' },
            ExpressionAttributeValues: marshall({ ':v': version }),
          }),
        ),
      );
      pointer.forget(CURRENT);
      return version;
    },
  };
};
