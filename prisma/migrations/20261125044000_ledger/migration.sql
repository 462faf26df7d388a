-- What was told about a case is found by its id in the subject.
CREATE INDEX "outbox_message_case_idx" ON "outbox_message" (("subject" ->> 'caseId')) WHERE "subject" ->> 'caseId' IS NOT NULL;
