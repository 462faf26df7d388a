-- CreateEnum
CREATE TYPE "Scheme" AS ENUM ('state_subsidy', 'transitional', 'permanent_subsidy', 'none');

-- CreateEnum
CREATE TYPE "AreaType" AS ENUM ('deprived', 'parallel', 'conversion', 'prevention');

-- CreateEnum
CREATE TYPE "OfferState" AS ENUM ('reserved', 'accepted', 'leased', 'declined', 'withdrawn', 'expired', 'fell_through');

-- AlterTable
ALTER TABLE "referral" ADD COLUMN     "responsible_id" UUID,
ADD COLUMN     "support_decided_on" DATE,
ADD COLUMN     "support_ended_on" DATE,
ADD COLUMN     "support_worker_id" UUID;

-- AlterTable
ALTER TABLE "stay" ADD COLUMN     "discharge_manner" TEXT,
ADD COLUMN     "discharge_reason" TEXT,
ADD COLUMN     "discharged_by_id" UUID,
ADD COLUMN     "discharged_to" TEXT;

-- AlterTable
ALTER TABLE "step_pass" ADD COLUMN     "beside" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "due_on" DATE;

-- CreateTable
CREATE TABLE "estate" (
    "id" UUID NOT NULL,
    "association" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "estate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "estate_area" (
    "id" UUID NOT NULL,
    "estate_id" UUID NOT NULL,
    "area_type" "AreaType" NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "estate_area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dwelling" (
    "id" UUID NOT NULL,
    "external_id" TEXT,
    "estate_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "search_address" TEXT NOT NULL,
    "postcode" TEXT NOT NULL,
    "town" TEXT NOT NULL,
    "rooms" INTEGER NOT NULL,
    "size_m2" INTEGER NOT NULL,
    "scheme" "Scheme" NOT NULL,
    "vacant_from" DATE,
    "answer_due_on" DATE,
    "deposit_oere" INTEGER,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_for" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dwelling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rent_change" (
    "id" UUID NOT NULL,
    "dwelling_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "rent_oere" INTEGER NOT NULL,
    "recorded_by_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rent_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "dwelling_id" UUID NOT NULL,
    "state" "OfferState" NOT NULL DEFAULT 'reserved',
    "offered_on" DATE NOT NULL,
    "offered_by_id" UUID,
    "answer_due_on" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "declined_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "id" UUID NOT NULL,
    "external_id" TEXT,
    "referral_id" UUID NOT NULL,
    "dwelling_id" UUID NOT NULL,
    "offer_id" UUID,
    "signed_on" DATE,
    "starts_on" DATE NOT NULL,
    "moved_in_on" DATE,
    "support_method" TEXT,
    "ends_on" DATE,
    "end_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subsidy_grant" (
    "id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "scheme" "Scheme" NOT NULL,
    "anchor_on" DATE NOT NULL,
    "basis_year" INTEGER NOT NULL,
    "shares" INTEGER[],
    "monthly_oere" INTEGER,
    "ended_on" DATE,

    CONSTRAINT "subsidy_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease_duty" (
    "id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "settled_on" DATE,
    "settled_by_id" UUID,
    "outcome" TEXT,

    CONSTRAINT "lease_duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate" (
    "scheme" "Scheme" NOT NULL,
    "year" INTEGER NOT NULL,
    "amount_oere" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "entered_by_id" UUID,
    "entered_at" TIMESTAMPTZ(3),

    CONSTRAINT "rate_pkey" PRIMARY KEY ("scheme","year")
);

-- CreateIndex
CREATE UNIQUE INDEX "estate_association_name_key" ON "estate"("association", "name");

-- CreateIndex
CREATE UNIQUE INDEX "estate_area_estate_id_area_type_valid_from_key" ON "estate_area"("estate_id", "area_type", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "dwelling_external_id_key" ON "dwelling"("external_id");

-- CreateIndex
CREATE INDEX "dwelling_search_address_trgm" ON "dwelling" USING GIN ("search_address" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "dwelling_estate_id_address_key" ON "dwelling"("estate_id", "address");

-- CreateIndex
CREATE UNIQUE INDEX "rent_change_dwelling_id_from_day_key" ON "rent_change"("dwelling_id", "from_day");

-- CreateIndex
CREATE INDEX "offer_referral_id_idx" ON "offer"("referral_id");

-- CreateIndex
CREATE INDEX "offer_dwelling_id_idx" ON "offer"("dwelling_id");

-- CreateIndex
CREATE UNIQUE INDEX "lease_external_id_key" ON "lease"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "lease_offer_id_key" ON "lease"("offer_id");

-- CreateIndex
CREATE INDEX "lease_referral_id_idx" ON "lease"("referral_id");

-- CreateIndex
CREATE INDEX "lease_dwelling_id_idx" ON "lease"("dwelling_id");

-- CreateIndex
CREATE UNIQUE INDEX "subsidy_grant_lease_id_key" ON "subsidy_grant"("lease_id");

-- CreateIndex
CREATE UNIQUE INDEX "lease_duty_lease_id_kind_key" ON "lease_duty"("lease_id", "kind");

-- CreateIndex
CREATE INDEX "referral_support_worker_id_idx" ON "referral"("support_worker_id");

-- CreateIndex
CREATE INDEX "referral_responsible_id_idx" ON "referral"("responsible_id");

-- AddForeignKey
ALTER TABLE "estate_area" ADD CONSTRAINT "estate_area_estate_id_fkey" FOREIGN KEY ("estate_id") REFERENCES "estate"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dwelling" ADD CONSTRAINT "dwelling_estate_id_fkey" FOREIGN KEY ("estate_id") REFERENCES "estate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rent_change" ADD CONSTRAINT "rent_change_dwelling_id_fkey" FOREIGN KEY ("dwelling_id") REFERENCES "dwelling"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_dwelling_id_fkey" FOREIGN KEY ("dwelling_id") REFERENCES "dwelling"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_dwelling_id_fkey" FOREIGN KEY ("dwelling_id") REFERENCES "dwelling"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "offer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subsidy_grant" ADD CONSTRAINT "subsidy_grant_lease_id_fkey" FOREIGN KEY ("lease_id") REFERENCES "lease"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease_duty" ADD CONSTRAINT "lease_duty_lease_id_fkey" FOREIGN KEY ("lease_id") REFERENCES "lease"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_support_worker_id_fkey" FOREIGN KEY ("support_worker_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_responsible_id_fkey" FOREIGN KEY ("responsible_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say ------------------------------------------------------------------------------------

-- A dwelling is offered to one citizen at a time, and a citizen is offered one dwelling at a time.
CREATE UNIQUE INDEX "offer_one_live_per_dwelling" ON "offer" ("dwelling_id") WHERE "state" IN ('reserved', 'accepted');
CREATE UNIQUE INDEX "offer_one_live_per_case" ON "offer" ("referral_id") WHERE "state" IN ('reserved', 'accepted');

-- One tenancy runs per dwelling and per case.
CREATE UNIQUE INDEX "lease_one_running_per_dwelling" ON "lease" ("dwelling_id") WHERE "ends_on" IS NULL;
CREATE UNIQUE INDEX "lease_one_running_per_case" ON "lease" ("referral_id") WHERE "ends_on" IS NULL;

-- The few offers that wait for an answer and duties that wait for somebody, among the many that are done.
CREATE INDEX "offer_waiting" ON "offer" ("answer_due_on") WHERE "state" = 'reserved';
CREATE INDEX "lease_duty_open" ON "lease_duty" ("due_on") WHERE "settled_on" IS NULL;

ALTER TABLE "lease" ADD CONSTRAINT "lease_days_in_order" CHECK ("ends_on" IS NULL OR "ends_on" >= "starts_on" - 1);
ALTER TABLE "rent_change" ADD CONSTRAINT "rent_change_not_negative" CHECK ("rent_oere" >= 0);
ALTER TABLE "estate_area" ADD CONSTRAINT "estate_area_days_in_order" CHECK ("valid_to" IS NULL OR "valid_to" >= "valid_from");

-- The regulated amounts that are known (domain.md § 1.3); those of the other years are missing, not zero.
INSERT INTO "rate" ("scheme", "year", "amount_oere", "source") VALUES
  ('state_subsidy', 2021, 1500000, 'aftale mellem regeringen og KL om hjemløshed'),
  ('state_subsidy', 2023, 1696500, 'sbst.dk, puljen til midlertidigt tilskud til nedsættelse af huslejen 2023');
