import * as z from 'zod';
import { functionIn, lastPart } from './place.ts';
import type { StackView } from './stack-view.ts';

const Jwt = z.object({ Issuer: z.string(), Audience: z.array(z.string()).min(1) });
export type JwtBlueprint = z.infer<typeof Jwt>;

const Authorizer = z.object({ JwtConfiguration: Jwt });
const Integration = z.object({ IntegrationUri: z.string() });
const Route = z.object({ RouteKey: z.string(), Target: z.string(), AuthorizerId: z.string().optional() });

export type RouteBlueprint = {
  /** `GET /v1/members/{id}` */
  readonly key: string;
  /** The function's name. */
  readonly function: string;
  /** Whose tokens open it; undefined: it is open. */
  readonly jwt: JwtBlueprint | undefined;
};

export const readRoutes = ({ all, propertiesOf }: StackView): RouteBlueprint[] =>
  all(Route, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey, Target, AuthorizerId }]) => ({
    key: RouteKey,
    function: functionIn(Integration.parse(propertiesOf(lastPart(Target))).IntegrationUri),
    jwt: AuthorizerId === undefined ? undefined : Authorizer.parse(propertiesOf(AuthorizerId)).JwtConfiguration,
  }));
