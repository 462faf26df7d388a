/** The minutes as a Word document: a link that works once, and what it leads to. */
import { z } from 'zod';
import { logAccess } from '../../store/access-log.ts';
import { LINK_MINUTES, makeDocumentLink } from '../../store/document-links.ts';
import { findReview } from '../../store/reviews.ts';
import { parsePress } from '../act.ts';
import { defineCard, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { DocumentMaker } from '../documents.ts';
import type { BotReply } from '../turn.ts';
import { reviewFor, seenAt } from './look.ts';
import { dayHeld, minutesOf } from './minutes.ts';
import { minutesDocument } from './minutes-document.ts';
import { maySee } from './present.ts';
import { mayAt } from './shelter.ts';
import { reviewWords } from './words.ts';
