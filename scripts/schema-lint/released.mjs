// Compares schema.graphql with the schema of the last release: what breaks a client fails, and what goes says until when.
// Run as `node released.mjs <released schema> <schema>`.
import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

const [released, current] = process.argv.slice(2).map((file) => buildSchema(readFileSync(file, 'utf8')));

/** Everything of a schema that can be deprecated, with its reason. */
function* deprecated(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    const members = hasFields ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : [];
    for (const member of members) {
      yield [`${type.name}.${member.name}`, member.deprecationReason];
      for (const argument of member.args ?? []) {
        yield [`${type.name}.${member.name}(${argument.name})`, argument.deprecationReason];
      }
    }
  }
}

const problems = (await diff(released, current))
  // A default that changes lets a request of a client mean something else.
  .filter(({ criticality, type }) => criticality.level === CriticalityLevel.Breaking || type.includes('DEFAULT_VALUE'))
  .map((change) => `breaks clients: ${change.message}`);
for (const [place, reason] of deprecated(current)) {
  if (reason && !/\b20\d\d-[01]\d-[0-3]\d\b/.test(reason)) {
    problems.push(`${place} is deprecated without the day (2027-04-01) from which it may go: ${reason}`);
  }
}
problems.forEach((problem) => console.error(problem));
process.exit(problems.length === 0 ? 0 : 1);
