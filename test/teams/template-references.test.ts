import { templateReferences } from '../../bot/teams/template-references.ts';

const text = (value: string) => ({ type: 'TextBlock', text: value });

test('what a template shows, asks and sends', () => {
  const references = templateReferences({
    type: 'AdaptiveCard',
    body: [
      text('${words.title}: ${caseNumber}'),
      { type: 'Container', $when: '${!done}', items: [{ type: 'Input.Text', id: 'note', label: '${words.note}' }] },
      { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'Input.Date', id: 'from' }] }] },
    ],
    actions: [
      { type: 'Action.Execute', verb: 'save', title: '${words.save}' },
      { type: 'Action.ShowCard', card: { type: 'AdaptiveCard', actions: [{ type: 'Action.Execute', verb: 'stop' }] } },
      { type: 'Action.OpenUrl', url: '${url}' },
    ],
  });
  expect(references).toEqual({
    paths: ['caseNumber', 'done', 'url', 'words.note', 'words.save', 'words.title'],
    inputs: ['from', 'note'],
    verbs: ['save', 'stop'],
    functions: [],
  });
});

test('a path in a list is named from the root', () => {
  const { paths } = templateReferences({
    body: [
      {
        $data: '${children}',
        $when: '${age > 3}',
        items: [text('${name} ${$root.words.years} ${$index}'), { $data: '${toys}', ...text('${$data.colour}') }],
      },
      { $data: '${$root.plain}', ...text('${$data}') },
      text('${rows[0].first}'),
    ],
  });
  expect(paths).toEqual([
    'children',
    'children[].age',
    'children[].name',
    'children[].toys',
    'children[].toys[].colour',
    'plain',
    'plain[]',
    'rows[].first',
    'words.years',
  ]);
});

test('a word inside a list must be asked of the root, or it shows as a path of the list', () => {
  const { paths } = templateReferences({ items: [{ $data: '${rows}', ...text('${words.title}') }] });
  expect(paths).toContain('rows[].words.title');
});

test('functions are named', () => {
  const { functions, paths } = templateReferences(text("${formatNumber(amount, 2)} ${if(late, 'x', 'y')}"));
  expect(functions).toEqual(['formatNumber', 'if']);
  expect(paths).toEqual(['amount', 'late']);
});

test('a text without expressions names nothing', () => {
  expect(templateReferences(text('100 $ {x}'))).toEqual({ paths: [], inputs: [], verbs: [], functions: [] });
});
