// Plain JavaScript, so that an old Node can read it far enough to say what is wrong.
const programs = { start: './start.ts', demo: './demo/demo.ts', polku: './cli.ts' };
const [name = '', ...rest] = process.argv.slice(2);
const program = programs[name];

const give = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  give(
    `Polku needs Node 22.18 or newer, and this is ${process.version}: install Node 24 (https://nodejs.org), then run the command again.`,
  );
}
if (!program) give('Say which program to launch: start, demo or polku.');

// Node calls its own SQLite and type stripping experimental; to whoever runs Polku that is noise.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

const file = new URL(program, import.meta.url);
process.argv = [process.argv[0], file.pathname, ...rest];
try {
  await import(file.href);
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const missing = /package '([^']+)'/.exec(error.message)?.[1];
  if (!missing) throw error;
  give(`The package ${missing} is not installed: run \`npm ci\` in this folder, then run the command again.`);
}
