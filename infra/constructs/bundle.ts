import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { bundling, root } from './bundling.ts';

/** A function's code with only what it uses, the SDK included. */
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
  buildSync({ ...bundling, entryPoints: { index: `functions/${name}/index.ts` }, outdir: folder });
  return true;
};
