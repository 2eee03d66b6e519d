import { App } from 'aws-cdk-lib';
import { readSettings, type Settings } from '../settings.ts';
import { BroadsheetStack } from '../stack.ts';
import { complainer, lineOf } from './command-line.ts';

/** A wrong setting is the operator's to mend, who needs the line and no stack; nothing is written then. */
const settingsOf = (context: unknown): Settings | undefined => {
  try {
    return readSettings(context);
  } catch (error) {
    complainer('synth')(lineOf(error));
    process.exitCode = 1;
    return undefined;
  }
};

/** What `cdk` runs (see cdk.json): builds the app and writes its templates; needs no network and no credentials. */
export async function main(): Promise<void> {
  const app = new App();
  const settings = settingsOf(app.node.tryGetContext('broadsheet'));
  if (settings === undefined) return;
  new BroadsheetStack(app, `broadsheet-${settings.stage}`, { settings });
  app.synth();
}
