import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ACCESS } from '../../infra/access.ts';
import { QUEUES } from '../../infra/queues.ts';
import { TABLES } from '../../infra/tables.ts';
import { SETTINGS, synth } from './synth.ts';

const template = synth();

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Effect: string;
}

const listed = (action: string | string[]): string[] => [action].flat();

/** All policy statements, by the function that has them. */
const statements = (): { of: string; statement: Statement }[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([of, policy]) =>
    policy.Properties.PolicyDocument.Statement.map((statement: Statement) => ({ of, statement })),
  );

describe('the stack', () => {
  it('has the five tables, paid by request, recoverable and kept', () => {
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', Object.keys(TABLES).length);
    template.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', { BillingMode: 'PAY_PER_REQUEST' });
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        Match.objectLike({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: true,
        }),
      ],
    });
  });

  it('gives up its tables with the stack outside prod', () => {
    synth({ stage: 'dev' }).allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
  });

  it('has eight functions on arm64 and Node 24, each with a log group that forgets', () => {
    template.resourceCountIs('AWS::Lambda::Function', 8);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    // reserved concurrency fails the first deployment of a new account
    template.allResourcesProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
  });

  it('gives every work queue a dead-letter queue and six times its consumer’s timeout', () => {
    for (const spec of Object.values(QUEUES)) {
      template.hasResourceProperties('AWS::SQS::Queue', {
        VisibilityTimeout: spec.timeoutSeconds * 6,
        RedrivePolicy: { deadLetterTargetArn: Match.anyValue(), maxReceiveCount: spec.maxReceiveCount },
        SqsManagedSseEnabled: true,
      });
      expect(spec.maxReceiveCount).toBeGreaterThanOrEqual(5);
    }
    const redrives = Object.values(template.findResources('AWS::SQS::Queue')).filter(
      (queue) => queue.Properties.RedrivePolicy,
    );
    expect(redrives).toHaveLength(Object.keys(QUEUES).length);
  });

  it('polls with at most eight invocations, with partial batch answers', () => {
    const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
    expect(mappings).toHaveLength(4);
    expect(
      mappings.every((mapping) => mapping.Properties.FunctionResponseTypes.includes('ReportBatchItemFailures')),
    ).toBe(true);
    expect(
      mappings.reduce((sum, mapping) => sum + mapping.Properties.ScalingConfig.MaximumConcurrency, 0),
    ).toBeLessThanOrEqual(8);
  });

  it('lets messages go round where they wait for SES: Lambda ends a circle after sixteen rounds unless it is told not to', () => {
    const circles = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).flatMap(
      ({ Properties }) => {
        const [queue] = Properties.EventSourceArn['Fn::GetAtt'];
        const name: string = Properties.FunctionName.Ref;
        const sends = statements().some(
          ({ of, statement }) =>
            of.startsWith(name.slice(0, -8)) &&
            listed(statement.Action).includes('sqs:SendMessage') &&
            JSON.stringify(statement.Resource).includes(`"${queue}"`),
        );
        return sends ? [name] : [];
      },
    );
    const allowed = Object.entries(
      template.findResources('AWS::Lambda::Function', { Properties: { RecursiveLoop: 'Allow' } }),
    );
    // fetch-sources sends at its tick alone, never for a message
    expect(allowed.map(([id]) => id).sort()).toEqual(
      circles.filter((id) => !id.startsWith('Workersfetchsources')).sort(),
    );
    expect(allowed).toHaveLength(2);
  });

  it('ticks four times an hour, newsroom first, and counts at night, with dead letters', () => {
    const schedules = Object.values(template.findResources('AWS::Scheduler::Schedule'));
    expect(schedules.map((schedule) => schedule.Properties.ScheduleExpression)).toEqual([
      'cron(5,20,35,50 * * * ? *)',
      'cron(10,25,40,55 * * * ? *)',
      'cron(0,15,30,45 * * * ? *)',
      'cron(3,18,33,48 2,3 * * ? *)',
    ]);
    // what is delivered and fails three times is kept as well: a function called by a schedule has no queue of its own
    const kept = Object.values(template.findResources('AWS::Lambda::EventInvokeConfig'));
    expect(kept).toHaveLength(schedules.length);
    expect(kept.every((each) => each.Properties.DestinationConfig.OnFailure.Destination)).toBe(true);
    expect(
      schedules.every(
        (schedule) =>
          schedule.Properties.Target.DeadLetterConfig &&
          schedule.Properties.Target.Input === '{"time":"<aws.scheduler.scheduled-time>"}',
      ),
    ).toBe(true);
  });

  it('brings SES events of its own mails to the events queue', () => {
    const [destination] = Object.values(template.findResources('AWS::SES::ConfigurationSetEventDestination'));
    expect(destination?.Properties.EventDestination.Enabled).toBe(true);
    expect(
      destination?.Properties.EventDestination.MatchingEventTypes.map((type: string) => type.toLowerCase()).sort(),
    ).toEqual(['bounce', 'complaint', 'delivery', 'deliverydelay', 'reject', 'send']);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': ['broadsheet-prod'] } } },
      },
    });
  });

  it('serves the pages over HTTP, throttled, with an access log that holds no path', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    expect(stage?.Properties.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(stage?.Properties.AccessLogSettings.Format).not.toMatch(/path|query|routeKey|sourceIp/i);
  });
});

describe('permissions', () => {
  it('name exact actions, and `*` as resource only where AWS has no finer one', () => {
    const wide = statements().filter(({ statement }) =>
      listed(statement.Action).some((action) => action.includes('*')),
    );
    expect(wide).toEqual([]);
    const everything = statements()
      .filter(({ statement }) => statement.Resource === '*')
      .flatMap(({ statement }) => listed(statement.Action));
    expect(new Set(everything)).toEqual(new Set(['ses:GetSendQuota']));
  });

  it('let only send-digests and send-letters call SES, from the operator’s sender', () => {
    const sending = statements().filter(({ statement }) => listed(statement.Action).includes('ses:SendRawEmail'));
    expect(sending.map(({ of }) => of.replace(/^Workers|ServiceRole.*$/g, '').slice(0, 11)).sort()).toEqual([
      'senddigests',
      'sendletters',
    ]);
    expect(JSON.stringify(sending)).toContain('"ses:FromAddress":"digest@news.example"');
  });

  it('let the sender’s domain be verified, or one above it, or the address alone: SES asks for leave on what is verified', () => {
    const brand = { ...SETTINGS.brand, from: 'digest@mail.news.example' };
    const of = JSON.stringify(synth({ brand, sandbox: false }).findResources('AWS::IAM::Policy'));
    const identities = new Set([...of.matchAll(/:identity\/([^"]*)"/g)].map(([, identity]) => identity));
    expect(identities).toEqual(new Set(['digest@mail.news.example', 'mail.news.example', 'news.example']));
  });

  it('keep the function that reaches the open web away from readers and keys', () => {
    const mine = JSON.stringify(statements().filter(({ of }) => of.startsWith('Workersfetchsources')));
    expect(mine).not.toMatch(/Subscribers|Deliveries|Control|ssm:/);
    expect(ACCESS['fetch-sources'].subscribers).toBeUndefined();
  });

  it('let the census scan, and nobody else', () => {
    const scanning = statements().filter(({ statement }) => listed(statement.Action).includes('dynamodb:Scan'));
    expect(scanning.map(({ of }) => of.slice(0, 17))).toEqual(['Workerstakecensus']);
    expect(JSON.stringify(statements().filter(({ of }) => of.startsWith('Workerstakecensus')))).not.toMatch(
      /ses:|link-key|pepper/,
    );
    // the name of the pepper is for the operator, whose commands take their settings from here
    const [census] = Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(([id, { Properties }]) =>
      id.startsWith('Workerstakecensus') ? [Properties.Environment.Variables] : [],
    );
    expect(census).toMatchObject({ SECRETS: 'none', PEPPER_PARAMETER: '/broadsheet/prod/pepper' });
  });

  it.each([
    ['senddigests', 'GetItem', 'BRAKE*'],
    ['senddigests', 'PutItem', 'RATE*'],
    ['sendletters', 'PutItem', 'RATE*'],
    ['handlefeedback', 'PutItem', 'BRAKE*'],
    ['handlefeedback', 'UpdateItem', 'LIMIT#*'],
    ['plandigests', 'UpdateItem', 'COUNT#*'],
    ['takecensus', 'UpdateItem', 'COUNT#*'],
  ])('let %s %s the rows %s of Control', (name, action, prefix) => {
    const granted = statements().some(
      ({ of, statement }) =>
        of.startsWith(`Workers${name}`) &&
        listed(statement.Action).includes(`dynamodb:${action}`) &&
        JSON.stringify(statement).includes(prefix),
    );
    expect(granted).toBe(true);
  });

  it('let no sender pull or release the brake, and no function touch a row of Control that it has no name for', () => {
    const onControl = statements().filter(
      ({ statement }) =>
        JSON.stringify(statement.Resource).includes('TablesControl') && JSON.stringify(statement).includes('dynamodb:'),
    );
    expect(onControl.length).toBeGreaterThan(8);
    expect(onControl.filter(({ statement }) => !JSON.stringify(statement).includes('dynamodb:LeadingKeys'))).toEqual(
      [],
    );
    const pulling = onControl.filter(
      ({ statement }) =>
        JSON.stringify(statement).includes('BRAKE*') && listed(statement.Action).includes('dynamodb:PutItem'),
    );
    expect(pulling.map(({ of }) => of.slice(0, 21))).toEqual(['Workershandlefeedback']);
  });

  it('let web write source requests only to News', () => {
    const writes = statements().filter(
      ({ of, statement }) =>
        of.startsWith('Workersweb') &&
        JSON.stringify(statement.Resource).includes('News') &&
        listed(statement.Action).some((action) => /Put|Update|Write|Delete/.test(action)),
    );
    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes[0])).toContain('"dynamodb:LeadingKeys":["REQUEST#*"]');
  });
});
