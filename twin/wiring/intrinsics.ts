/** The ARN of each resource by its CloudFormation logical id. */
export type Arns = Readonly<Record<string, string>>;

type Intrinsic = { Ref?: unknown; 'Fn::GetAtt'?: unknown };

/**
 * Replaces `Ref` and `Fn::GetAtt … Arn`, deeply. For what is wired here (functions' `GetAtt`, machines' `Ref`) both
 * give the ARN. An id that nothing declares is an error: CloudFormation would refuse it too.
 */
export const resolveIntrinsics = (value: unknown, arns: Arns): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, arns));
  if (typeof value !== 'object' || value === null) return value;
  const id = logicalId(value);
  if (id !== undefined) return arnOf(id, arns);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveIntrinsics(item, arns)]));
};

const logicalId = (value: Intrinsic): string | undefined => {
  if (typeof value.Ref === 'string') return value.Ref;
  const attribute = value['Fn::GetAtt'];
  const [id, name] = typeof attribute === 'string' ? attribute.split('.') : Array.isArray(attribute) ? attribute : [];
  return name === 'Arn' ? String(id) : undefined;
};

const arnOf = (id: string, arns: Arns): string => {
  const arn = arns[id];
  if (!arn) throw new Error(`serverless.yml: nothing is called "${id}"; known: ${Object.keys(arns).join(', ')}`);
  return arn;
};
