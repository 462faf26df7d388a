import { type RuleKey, ruleKinds } from '../../bot/domain/rules.ts';

it.each(Object.keys(ruleKinds) as RuleKey[])('the default of %s has the shape that its key asks for', (key) => {
  const { schema, default: value } = ruleKinds[key];
  expect(schema.parse(value)).toEqual(value);
});
