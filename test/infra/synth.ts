import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../infra/settings.ts';
import { BroadsheetStack } from '../../infra/stack.ts';

/** An operator's settings, the least there may be. */
export const SETTINGS = {
  stage: 'prod',
  brand: {
    name: 'The Test',
    from: 'digest@news.example',
    postalAddress: 'Some Street 1, Some Town',
    contact: 'hello@news.example',
  },
};

/** The template by these settings and some others, without bundling: bundles have a test of their own. */
export const synth = (over: object = {}): Template => {
  const app = new App({
    context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  return Template.fromStack(new BroadsheetStack(app, 'test', { settings: readSettings({ ...SETTINGS, ...over }) }));
};
