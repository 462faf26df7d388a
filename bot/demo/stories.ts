/** Everybody of the demo. */
import { homeStories } from './home-stories.ts';
import { shelterStories } from './shelter-stories.ts';
import type { Story } from './story.ts';

export const stories: readonly Story[] = [...shelterStories, ...homeStories];
