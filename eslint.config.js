import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', 'bot/store/generated/', 'coverage/', '.stryker-tmp/', '.data*/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // The rules know no clock, no chance, no I/O: what is now is always told to them (design.md § 4.9).
    files: ['bot/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Temporal', property: 'Now', message: 'The rules have no clock: take the date as a parameter.' },
        { object: 'Date', property: 'now', message: 'The rules have no clock: take the date as a parameter.' },
        { object: 'Math', property: 'random', message: 'The rules have no chance: take the value as a parameter.' },
      ],
      'no-restricted-imports': ['error', { patterns: [{ regex: '^node:', message: 'The rules do no I/O.' }] }],
    },
  },
);
