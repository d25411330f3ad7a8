/** Builds on the first call and keeps it: one client per service and process, whatever the number of adapters. */
export const once = <T>(build: () => T): (() => T) => {
  let built: { value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
};
