import type { Import } from './imports.ts';

export type Layer = {
  readonly name: string;
  /** What a developer reads who broke it. */
  readonly because: string;
  readonly files: RegExp;
  readonly except?: RegExp;
  /** Exactly one of the two. */
  readonly mayImport?: readonly RegExp[];
  readonly mayNotImport?: readonly RegExp[];
  /** Whether types of it may be imported all the same. */
  readonly typesAreFree?: true;
};

const ours = /^(events|shared|functions|infra|test)\//;
const pure = /^shared\/(scoring|journeys|risk|mailing|model|preview|simulate|explaining|census|api)\//;
const aws = /^@(aws-sdk|smithy)\//;
const lambda = /^@(middy|aws-lambda-powertools)\//;
const kernel = /^shared\/kernel\//;
const events = /^events\//;

/** Who may know whom. */
export const layers: readonly Layer[] = [
  {
    name: 'events stand alone',
    because:
      'What crosses a queue or the front door is a contract: it knows zod and itself, so that anyone can take it.',
    files: events,
    mayImport: [events, /^zod$/],
  },
  {
    name: 'the kernel knows nobody',
    because: 'It is plain types and small helpers that every room may use, so it can use none of them.',
    files: kernel,
    mayImport: [kernel],
  },
  {
    name: 'the pure rooms stay pure',
    because:
      'A standing follows from ledger, model and instant alone: no AWS, no Node, no framework. Take it as an argument.',
    files: pure,
    mayImport: [events, kernel, pure, /^(zod|mustache|cheerio|mjml-browser|isbot)$/],
  },
  {
    name: 'scoring is the ground floor',
    because: 'Journeys stand on it, risk and mailing on both. Move down what they share.',
    files: /^shared\/scoring\//,
    mayNotImport: [/^shared\/(journeys|risk|mailing|model|preview|simulate|api)\//],
  },
  {
    name: 'journeys stand on scoring alone',
    because: 'They decide what is to be done; who is at risk and what a letter says is decided above them.',
    files: /^shared\/journeys\//,
    mayNotImport: [/^shared\/(risk|mailing|model|preview|simulate|api)\//],
  },
  {
    name: 'a signature needs nothing but cryptography',
    because: 'It is verified from the bytes, the secret and the instant: nothing else may have a say.',
    files: /^shared\/webhooks\//,
    mayImport: [/^shared\/webhooks\//, kernel, /^node:crypto$/],
  },
  {
    name: 'a seal needs nothing but cryptography',
    because: 'What stands in a link is made and read from the reference and the keys: nothing else may have a say.',
    files: /^shared\/sealing\//,
    mayImport: [/^shared\/sealing\//, kernel, events, /^node:crypto$/],
  },
  {
    name: 'AWS is spoken in one room',
    because: 'Write a store in the words of the domain in shared/aws, and have it handed in.',
    files: /^(events|shared|functions)\//,
    except: /^shared\/aws\/|^functions\/[^/]+\/index\.ts$/,
    mayNotImport: [aws],
  },
  {
    name: 'stores know no function',
    because: 'A store works wherever it is called from: it knows the rooms below it and the SDK.',
    files: /^shared\/aws\//,
    mayImport: [events, kernel, pure, /^shared\/(aws|sealing)\//, aws, /^(zod|nodemailer)$/, /^node:(crypto|zlib)$/],
  },
  {
    name: 'the chain around handlers knows no store',
    because: 'It is the same for all of them. What one function needs is wired in its index.ts.',
    files: /^shared\/lambda\//,
    mayImport: [events, kernel, /^shared\/(lambda|api)\//, lambda, /^(zod|aws-lambda)$/, /^node:/],
  },
  {
    name: 'Lambda is known in one room',
    because: 'Only shared/lambda knows middy and the logger, so that a handler is a plain function.',
    files: /^(events|shared|functions)\//,
    except: /^shared\/lambda\//,
    mayNotImport: [lambda],
  },
  {
    name: 'a handler is handed its world',
    because:
      'It says what is done. The stores, queues and clocks are handed to it by its wiring; import only their types.',
    files: /^functions\//,
    except: /\/(index|settings|wiring)\.ts$/,
    mayImport: [events, kernel, pure, /^shared\/webhooks\//, /^functions\//, /^zod$/],
    typesAreFree: true,
  },
  {
    name: 'settings are a schema',
    because: 'The infrastructure takes their types, so they bring nothing along.',
    files: /^functions\/[^/]+\/settings\.ts$/,
    mayImport: [/^zod$/, /^shared\/lambda\/[a-z]+-settings\.ts$/],
  },
  {
    name: 'the infrastructure knows names only',
    because: 'It knows what functions must be told and how tables are keyed, not what they do.',
    files: /^infra\//,
    except: /^infra\/(local|open-api|model-schema|holidays)\//,
    mayImport: [
      /^infra\/(?!local\/)/,
      /^functions\/[^/]+\/settings\.ts$/,
      /^shared\/(aws\/keys|kernel\/prices)\.ts$/,
      /^(aws-cdk-lib|constructs|cdk-nag|esbuild|zod)$/,
      /^node:/,
    ],
  },
  {
    name: 'the local cloud reads the template',
    because: 'There is one description of the infrastructure; the local cloud runs what was synthesised from it.',
    files: /^infra\/local\//,
    mayNotImport: [/^infra\/(?!local\/)/, /^functions\//, /^(aws-cdk-lib|constructs|cdk-nag)$/],
  },
  {
    name: 'nobody needs the tests',
    because: 'What is needed to run does not live among the tests.',
    files: ours,
    except: /^test\//,
    mayNotImport: [/^test\//],
  },
];

const matches = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));

const breaks = (layer: Layer, { from, to, typeOnly }: Import): boolean => {
  if (!layer.files.test(from) || layer.except?.test(from)) return false;
  if (layer.typesAreFree && typeOnly) return false;
  return layer.mayImport ? !matches(layer.mayImport, to) : matches(layer.mayNotImport ?? [], to);
};

/** What breaks a layer, as sentences. */
export const breaches = (layer: Layer, imports: readonly Import[]): string[] =>
  imports.filter((one) => breaks(layer, one)).map(({ from, to }) => `${from} imports ${to}. ${layer.because}`);

/** Functions are deployed by themselves: what two of them need goes to shared/. */
export const betweenFunctions = (imports: readonly Import[]): string[] =>
  imports
    .filter(({ from, to }) => from.startsWith('functions/') && to.startsWith('functions/'))
    .filter(({ from, to }) => from.split('/')[1] !== to.split('/')[1])
    .map(({ from, to }) => `${from} imports ${to}. A function is deployed by itself: what two need goes to shared/.`);
