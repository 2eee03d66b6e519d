import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { MAIL_QUEUE } from '../../infra/queues.ts';
import { readSettings } from '../../infra/settings.ts';
import { SETTINGS, synth } from './synth.ts';

const off = synth();
const on = synth({ inbound: { domain: 'in.news.example' } });

const ids = (template: typeof on): string[] => Object.keys(template.toJSON().Resources);

/** The statements of handle-mail's policy: actions, and what they are on. */
const granted = (): { actions: string[]; resource: string }[] =>
  Object.entries(on.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('Workershandlemail'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resource: JSON.stringify(Resource) }));

/** Incoming mail in the stack. Fails if: it is there unasked · a rule set is activated · mail lies open or long · handle-mail may do more. */
describe('incoming mail', () => {
  it('is off unless it is asked for: nothing of it is in the stack', () => {
    expect(JSON.stringify(off.toJSON())).not.toMatch(/inbound|handle-mail|AWS::S3|ReceiptRule/i);
  });

  it('adds to the stack, and changes nothing that is there but the settings', () => {
    const before = off.toJSON();
    const after = on.toJSON();
    for (const [id, resource] of Object.entries<{ Type: string }>(before.Resources)) {
      const settings = /"INBOUND_DOMAIN":"in.news.example",|,?"QUEUE_MAIL":\{"Ref":"\w+"\}/g;
      const changed = JSON.stringify(after.Resources[id]).replace(settings, '');
      expect(changed).toBe(JSON.stringify(resource));
    }
    expect(
      ids(on)
        .filter((id) => !ids(off).includes(id))
        .every((id) => /inbound|handlemail|mailDead|mailOldest/i.test(id)),
    ).toBe(true);
  });

  it('goes from a rule into a bucket, by SES alone, in a set that is made and not activated', () => {
    on.hasResourceProperties('AWS::SES::ReceiptRuleSet', { RuleSetName: 'broadsheet-prod' });
    on.hasResourceProperties('AWS::SES::ReceiptRule', {
      RuleSetName: 'broadsheet-prod',
      Rule: {
        Enabled: true,
        ScanEnabled: true,
        Recipients: ['in.news.example'],
        Actions: [{ S3Action: { BucketName: { Ref: Match.anyValue() } } }],
      },
    });
    const policy = JSON.stringify(on.findResources('AWS::S3::BucketPolicy'));
    expect(policy).toMatch(/receipt-rule-set\/broadsheet-prod:receipt-rule\/broadsheet-prod/);
    expect(policy).toMatch(/"aws:SourceAccount":\{"Ref":"AWS::AccountId"\}/);
    expect(JSON.stringify(on.toJSON())).not.toMatch(/SetActiveReceiptRuleSet|Custom::/);
  });

  it('puts its rule into a set that there is', () => {
    const named = synth({ inbound: { domain: 'in.news.example', ruleSet: 'mine' } });
    named.resourceCountIs('AWS::SES::ReceiptRuleSet', 0);
    named.hasResourceProperties('AWS::SES::ReceiptRule', { RuleSetName: 'mine' });
    named.hasOutput('ReceiptRuleSet', { Value: 'mine' });
  });

  it('lies encrypted, closed, and no longer than a day and the rest of the next', () => {
    on.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] },
      NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: Match.anyValue() }] },
    });
    const [[, bucket] = []] = Object.entries(on.findResources('AWS::S3::Bucket'));
    // S3 tries the queue when the bucket is made, SES the bucket when the rule is
    expect(JSON.stringify(bucket?.DependsOn)).toMatch(/Policy/);
    const [[, rule] = []] = Object.entries(on.findResources('AWS::SES::ReceiptRule'));
    expect(JSON.stringify(rule?.DependsOn)).toMatch(/InboundPolicy/);
  });

  it('is told to a queue with dead letters and alarms, and one function works it off', () => {
    on.resourceCountIs('AWS::Lambda::Function', 9);
    on.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: MAIL_QUEUE.timeoutSeconds * 6,
      RedrivePolicy: { deadLetterTargetArn: Match.anyValue(), maxReceiveCount: 5 },
    });
    for (const says of [/Dead letters of mail/, /A message of mail waits/])
      on.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmDescription: Match.stringLikeRegexp(says.source) });
    on.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: Match.stringLikeRegexp('sign-up.taken'),
      LogGroupName: { Ref: Match.stringLikeRegexp('handlemail') },
    });
  });

  it('lets handle-mail read and delete mails, ask for letters, and touch what signing up and leaving touch', () => {
    const actions = granted().flatMap((each) => each.actions);
    expect(actions.filter((action) => /^(s3|ses|lambda|iam):/.test(action)).sort()).toEqual([
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
    ]);
    expect(granted().filter((each) => each.resource.includes('"*"'))).toEqual([]);
    const sends = granted().filter((each) => each.actions.includes('sqs:SendMessage'));
    expect(sends.map(({ resource }) => /Letters|Digests|Fetch|Events|Inbound/.exec(resource)?.[0])).toEqual([
      'Letters',
    ]);
    expect(actions.filter((action) => /Scan|Batch/.test(action))).toEqual([]);
  });

  it.each([
    [{ domain: 'https://in.news.example' }, 'inbound.domain'],
    [{ domain: 'IN' }, 'inbound.domain'],
    [{ domain: 'in.news.example', ruleSet: 'a b' }, 'inbound.ruleSet'],
    [{ domain: 'in.news.example', rules: 'x' }, 'there are domain, ruleSet'],
    [true, 'inbound'],
  ])('refuses %j with a line that says where', (inbound, where) => {
    expect(() => readSettings({ ...SETTINGS, inbound })).toThrow(where);
  });
});
