-- The sweep looks for what waits; nearly all messages have been sent.
CREATE INDEX "outbox_message_waiting_idx" ON "outbox_message" ("id") WHERE "state" = 'waiting';
