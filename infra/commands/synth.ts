import { App } from 'aws-cdk-lib';
import { readSettings } from '../settings.ts';
import { BroadsheetStack } from '../stack.ts';

/** What `cdk` runs (see cdk.json): builds the app and writes its templates; needs no network and no credentials. */
export async function main(): Promise<void> {
  const app = new App();
  const settings = readSettings(app.node.tryGetContext('broadsheet'));
  new BroadsheetStack(app, `broadsheet-${settings.stage}`, { settings });
  app.synth();
}
