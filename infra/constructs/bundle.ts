import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A function's code with only what it uses, the SDK included. Split into chunks, so that what is imported on demand
 * (credential providers other than the environment, mostly) stays unread at a cold start.
 */
export const bundle = (name: string): Code =>
  Code.fromAsset(`${root}functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never pulled: the local bundler does not decline.
      image: DockerImage.fromRegistry('none'),
      local: { tryBundle: (folder) => build(name, folder) },
    },
  });

const build = (name: string, folder: string): true => {
  buildSync({
    absWorkingDir: root,
    entryPoints: { index: `functions/${name}/index.ts` },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: false,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    // For packages in CommonJS that require a module of Node's.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return true;
};
