import type { Anything } from '../kubernetes/manifests.ts';
import type { StackRule } from './rules.ts';

const listOf: Record<string, string> = { email_configs: 'to', sns_configs: 'topic_arn', slack_configs: 'channel' };
const secretFields = [
  'api_url',
  'slack_api_url',
  'smtp_auth_password',
  'auth_password',
  'routing_key',
  'service_key',
  'secret_key',
  'access_key',
  'password',
  'bearer_token',
  'credentials',
];
const unset = (value: unknown): boolean =>
  typeof value !== 'string' ||
  value.includes('set-by-the-overlay') ||
  value.split(',').some((one) => one.trim() === '');

const entries = (value: Anything, path = ''): [string, string, unknown][] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [
        [`${path}/${key}`, key, inner] as [string, string, unknown],
        ...entries(inner, `${path}/${key}`),
      ]);

const receiversOf = (parsed: Anything): Anything[] => parsed?.receivers ?? [];

/** What must hold of Alertmanager's configuration of each overlay, besides that amtool takes it. */
export const routingRules: readonly StackRule[] = [
  {
    name: 'every receiver tells someone',
    broken: ({ configurations }) =>
      configurations.flatMap(({ overlay, parsed }) =>
        receiversOf(parsed).flatMap((receiver) => {
          const channels = Object.entries(receiver).filter(([key]) => key.endsWith('_configs')) as [
            string,
            Anything[],
          ][];
          const told = channels.flatMap(([kind, list]) => list.map((one) => ({ kind, one })));
          if (told.length === 0) return [`${overlay}: receiver "${receiver.name}" has no channel`];
          return told
            .filter(({ kind, one }) => listOf[kind] !== undefined && unset(one[listOf[kind]]))
            .map(
              ({ kind, one }) =>
                `${overlay}: receiver "${receiver.name}": ${kind}.${listOf[kind]} is ${JSON.stringify(one[listOf[kind] ?? ''] ?? null)}, expected at least one recipient`,
            );
        }),
      ),
  },
  {
    name: 'no secret stands in the configuration',
    broken: ({ configurations }) =>
      configurations.flatMap(({ overlay, parsed }) =>
        entries(parsed)
          .filter(([, key, value]) => secretFields.includes(key) && typeof value === 'string')
          .map(([path]) => `${overlay}: ${path}: name a file instead (${path.split('/').at(-1)}_file)`),
      ),
  },
  {
    name: 'a critical alert wakes someone up, is written in Slack and mailed',
    broken: ({ configurations }) =>
      configurations.flatMap(({ overlay, parsed }) => {
        const page = receiversOf(parsed).find(({ name }) => name === parsed?.route?.receiver) ?? {};
        return ['pagerduty_configs', 'slack_configs', 'email_configs']
          .filter((kind) => !page[kind]?.length)
          .map((kind) => `${overlay}: the receiver of the root route lacks ${kind}`);
      }),
  },
];
