-- CreateEnum
CREATE TYPE "SharedPlaceKind" AS ENUM ('channel', 'group');

-- AlterTable
ALTER TABLE "outbox_message" ADD COLUMN     "conversation_id" TEXT,
ADD COLUMN     "place_id" UUID,
ADD COLUMN     "thread" TEXT,
ALTER COLUMN "recipient_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "shared_place" (
    "id" UUID NOT NULL,
    "kind" "SharedPlaceKind" NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "service_url" TEXT NOT NULL,
    "tenant_id" TEXT,
    "bot_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "added_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "shared_place_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shared_place_conversation_id_key" ON "shared_place"("conversation_id");

-- AddForeignKey
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "shared_place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say (docs/data.md).
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_one_addressee" CHECK (num_nonnulls("recipient_id", "place_id") = 1);
CREATE INDEX "outbox_message_thread_idx" ON "outbox_message"("thread") WHERE "thread" IS NOT NULL;
