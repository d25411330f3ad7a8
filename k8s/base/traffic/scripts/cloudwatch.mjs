/* PutMetricData, signed with the role of the pod's account (IRSA), without a library. */
import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const { AWS_REGION: region, AWS_ENDPOINT_URL: elsewhere } = process.env;
const answersWithinMs = 5_000;
const hash = (text) => createHash('sha256').update(text).digest('hex');
const mac = (key, text) => createHmac('sha256', key).update(text).digest();
const endpointOf = (service) => new URL(elsewhere ?? `https://${service}.${region}.amazonaws.com/`);

const post = async (url, headers, body) => {
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answersWithinMs) });
  const text = await answer.text();
  if (answer.ok) return text;
  throw new Error(`${url.host} answered ${answer.status}: ${text.slice(0, 500)}`);
};

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
let known = { untilMs: 0 };

/** Good for an hour, and asked for anew five minutes before. */
const credentials = async () => {
  if (known.untilMs > Date.now() + 300_000) return known;
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: process.env.AWS_ROLE_ARN,
    RoleSessionName: 'traffic-publisher',
    WebIdentityToken: (await readFile(process.env.AWS_WEB_IDENTITY_TOKEN_FILE, 'utf8')).trim(),
  });
  const text = await post(endpointOf('sts'), form, String(body));
  const field = (name) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1];
  known = {
    id: field('AccessKeyId'),
    secret: field('SecretAccessKey'),
    token: field('SessionToken'),
    untilMs: Date.parse(field('Expiration')),
  };
  return known;
};

/** AWS signature version 4. */
const signed = (service, url, body, { id, secret, token }, now) => {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const headers = { ...form, host: url.host, 'x-amz-date': time, 'x-amz-security-token': token };
  const names = Object.keys(headers).sort();
  const listed = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const request = ['POST', url.pathname, '', listed, names.join(';'), hash(body)].join('\n');
  const key = [time.slice(0, 8), region, service, 'aws4_request'].reduce(mac, `AWS4${secret}`);
  const signature = mac(key, ['AWS4-HMAC-SHA256', time, scope, hash(request)].join('\n')).toString('hex');
  const credential = `Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...headers, authorization: `AWS4-HMAC-SHA256 ${credential}` };
};

const fieldsOf = ({ name, service, slot, timestamp, unit, value, took }, index) => {
  const list = (field, values) => Object.fromEntries(values.map((one, at) => [`${field}.member.${at + 1}`, one]));
  const fields = {
    MetricName: name,
    Timestamp: timestamp.toISOString(),
    Unit: unit,
    StorageResolution: 1,
    'Dimensions.member.1.Name': 'Service',
    'Dimensions.member.1.Value': service,
    'Dimensions.member.2.Name': 'Slot',
    'Dimensions.member.2.Value': slot,
    ...(took
      ? list(
          'Values',
          took.map((one) => one.value),
        )
      : { Value: value }),
    ...(took
      ? list(
          'Counts',
          took.map((one) => one.count),
        )
      : {}),
  };
  return Object.entries(fields).map(([field, one]) => [`MetricData.member.${index + 1}.${field}`, String(one)]);
};

/** Errors: AWS's own words. */
export const putMetricData = async (namespace, points) => {
  const call = [
    ['Action', 'PutMetricData'],
    ['Version', '2010-08-01'],
    ['Namespace', namespace],
  ];
  const body = String(new URLSearchParams([...call, ...points.flatMap(fieldsOf)]));
  const url = endpointOf('monitoring');
  await post(url, signed('monitoring', url, body, await credentials(), new Date()), body);
};
