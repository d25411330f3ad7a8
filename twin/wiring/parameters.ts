/** Where the twin pretends to be deployed: enough to give every function and machine the ARN it has on AWS. */
export interface Place {
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
}

export const twinPlace: Place = { stage: 'twin', region: 'eu-west-1', accountId: '000000000000' };
