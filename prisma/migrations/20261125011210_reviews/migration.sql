-- CreateEnum
CREATE TYPE "ReviewOrder" AS ENUM ('urgency', 'contact', 'room');

-- AlterTable
ALTER TABLE "stay" ADD COLUMN     "contact_id" UUID,
ADD COLUMN     "room" TEXT;

-- CreateTable
CREATE TABLE "review_plan" (
    "shelter_id" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "starts_at" INTEGER NOT NULL,
    "item_order" "ReviewOrder" NOT NULL DEFAULT 'urgency',
    "participant_ids" UUID[],
    "place_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_plan_pkey" PRIMARY KEY ("shelter_id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "shelter_id" UUID NOT NULL,
    "held_on" DATE NOT NULL,
    "starts_at" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,
    "current_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_participant" (
    "review_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "attended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_participant_pkey" PRIMARY KEY ("review_id","staff_id")
);

-- CreateTable
CREATE TABLE "review_item" (
    "id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "added_by_id" UUID,
    "outcome" TEXT,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "with_the_rest" BOOLEAN NOT NULL DEFAULT false,
    "step_then" TEXT,
    "journaled_at" TIMESTAMPTZ(3),
    "journaled_by_id" UUID,

    CONSTRAINT "review_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_note" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "review_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_action" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "shelter_id" UUID NOT NULL,
    "item_id" UUID,
    "text" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "drop_reason" TEXT,

    CONSTRAINT "review_action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observation" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "shelter_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT,
    "talked_on" DATE,
    "wish" TEXT,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "review_shelter_id_held_on_key" ON "review"("shelter_id", "held_on");

-- CreateIndex
CREATE INDEX "review_participant_staff_id_idx" ON "review_participant"("staff_id");

-- CreateIndex
CREATE INDEX "review_item_referral_id_idx" ON "review_item"("referral_id");

-- CreateIndex
CREATE UNIQUE INDEX "review_item_review_id_referral_id_key" ON "review_item"("review_id", "referral_id");

-- CreateIndex
CREATE INDEX "review_note_item_id_idx" ON "review_note"("item_id");

-- CreateIndex
CREATE INDEX "review_action_referral_id_idx" ON "review_action"("referral_id");

-- CreateIndex
CREATE INDEX "review_action_shelter_id_ended_at_idx" ON "review_action"("shelter_id", "ended_at");

-- CreateIndex
CREATE INDEX "review_action_owner_id_ended_at_idx" ON "review_action"("owner_id", "ended_at");

-- CreateIndex
CREATE INDEX "observation_referral_id_at_idx" ON "observation"("referral_id", "at");

-- AddForeignKey
ALTER TABLE "review_plan" ADD CONSTRAINT "review_plan_shelter_id_fkey" FOREIGN KEY ("shelter_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_shelter_id_fkey" FOREIGN KEY ("shelter_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_participant" ADD CONSTRAINT "review_participant_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_item" ADD CONSTRAINT "review_item_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_item" ADD CONSTRAINT "review_item_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_note" ADD CONSTRAINT "review_note_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_action" ADD CONSTRAINT "review_action_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_action" ADD CONSTRAINT "review_action_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say (docs/data.md).
CREATE UNIQUE INDEX "review_one_open" ON "review"("shelter_id") WHERE "closed_at" IS NULL;
CREATE INDEX "review_action_open" ON "review_action"("referral_id") WHERE "ended_at" IS NULL;
ALTER TABLE "review_plan" ADD CONSTRAINT "review_plan_on_a_weekday" CHECK ("weekday" BETWEEN 1 AND 5);
ALTER TABLE "review_plan" ADD CONSTRAINT "review_plan_in_the_day" CHECK ("starts_at" BETWEEN 0 AND 1439);
ALTER TABLE "review_action" ADD CONSTRAINT "review_action_dropped_when_ended" CHECK ("drop_reason" IS NULL OR "ended_at" IS NOT NULL);
