import type { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface PagesProps {
  logRetention: logs.RetentionDays;
  removalPolicy: RemovalPolicy;
}

/** The readers' pages: an HTTP API, throttled. Its access log holds no path and no query, for these hold tokens. */
export class Pages extends Construct {
  readonly api: apigateway.HttpApi;

  constructor(scope: Construct, id: string, { logRetention, removalPolicy }: PagesProps) {
    super(scope, id);
    this.api = new apigateway.HttpApi(this, 'Api', {
      createDefaultStage: false,
      description: 'Broadsheet: sign-up, preferences, unsubscribe',
    });
    const accessLog = new logs.LogGroup(this, 'AccessLog', { retention: logRetention, removalPolicy });
    new apigateway.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new apigateway.LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(
          '{"requestId":"$context.requestId","status":"$context.status","method":"$context.httpMethod","latency":"$context.responseLatency"}',
        ),
      },
    });
  }

  /** Answers every path with this function. */
  serve(web: IFunction): void {
    this.api.addRoutes({ path: '/{proxy+}', integration: new HttpLambdaIntegration('Web', web) });
    this.api.addRoutes({ path: '/', integration: new HttpLambdaIntegration('WebRoot', web) });
  }
}
