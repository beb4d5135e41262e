/** Where the local cloud pretends to be. */
export const REGION = 'eu-north-1';
export const ACCOUNT = '000000000000';

export const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

export const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'localhost',
  'AWS::StackName': 'polku-local',
  'AWS::StackId': arn('cloudformation', 'stack/polku-local'),
};

/** The last part of an ARN, of a queue's URL, or of a path. */
export const lastPart = (text: string): string => text.split(/[:/]/).at(-1) ?? text;

/** The function's name in its ARN, with or without the wrapping of an API's integration. */
export const functionIn = (uri: string): string => /:function:([^:/]+)/.exec(uri)?.[1] ?? lastPart(uri);

/** What the SDK needs to know to talk to an emulator; emulators take any credentials. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
