import { Command, CommanderError } from 'commander';
import { Trouble } from '../trouble.ts';
import { clockCommand } from './clock-command.ts';
import { deskOf } from './command.ts';
import { deliveryCommands } from './delivery-commands.ts';
import { explainCommand } from './explain-command.ts';
import { linkCommands } from './link-commands.ts';
import { mailCommands } from './mail-commands.ts';
import { memberCommands } from './member-commands.ts';
import { messageCommands } from './message-commands.ts';
import { modelCommands } from './model-commands.ts';
import { quarantineCommands } from './quarantine-commands.ts';
import { sendCommands } from './send-commands.ts';
import { simulateCommand } from './simulate-command.ts';
import { sourceCommands } from './source-commands.ts';
import { staffCommands } from './staff-commands.ts';
import type { World } from './world.ts';

const commands = [
  memberCommands,
  explainCommand,
  modelCommands,
  messageCommands,
  simulateCommand,
  staffCommands,
  sourceCommands,
  linkCommands,
  quarantineCommands,
  deliveryCommands,
  mailCommands,
  sendCommands,
  clockCommand,
];

/** Exit codes: it worked; it did not; the command was not understood. */
const WORKED = 0;
const FAILED = 1;
const NOT_UNDERSTOOD = 2;

const program = (world: World): Command => {
  const root = new Command('npm run polku --')
    .description(
      'Look into Polku and set it. Works with the Polku on this machine, or with the one that POLKU_API and POLKU_TOKEN name.',
    )
    .option('--data <folder>', 'the data folder of the running Polku', '.polku')
    .option('--json', 'answer for a program', false)
    .option('--language <code>', 'the language of titles and reasons, for example fi')
    .helpCommand(false)
    .showHelpAfterError('(`--help` shows what there is)')
    .configureOutput({ writeOut: world.write, writeErr: world.complain, getOutHasColors: () => world.colour })
    .exitOverride();
  for (const add of commands) add(root, () => deskOf(world, root.opts()));
  return root;
};

/** Runs one command. Returns the exit code; what went wrong is a sentence on standard error. */
export const run = async (args: readonly string[], world: World): Promise<number> => {
  try {
    await program(world).parseAsync([...args], { from: 'user' });
    return WORKED;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? WORKED : NOT_UNDERSTOOD;
    if (!(error instanceof Trouble)) throw error;
    world.complain(`${error.message}\n`);
    return FAILED;
  }
};
