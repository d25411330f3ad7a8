const units: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A Kubernetes quantity as a number. Errors: when it is none, naming it. */
export const quantity = (text: string | number): number => {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi)?$/.exec(String(text)) ?? [];
  const factor = units[unit];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  throw new Error(`expected a quantity such as 500m or 2Gi, got ${text}`);
};
