-- The trigram indexes below need it; a trusted extension, so the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "UnitKind" AS ENUM ('administration', 'unit', 'housing_assignment', 'shelter', 'independent_shelter');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('shelter_staff', 'caseworker', 'housing_officer', 'bif_caseworker', 'support_worker', 'track_owner', 'manager', 'administrator', 'auditor');

-- CreateEnum
CREATE TYPE "Language" AS ENUM ('da', 'en');

-- CreateEnum
CREATE TYPE "NoCprReason" AS ENUM ('foreign_national', 'not_yet_issued', 'wont_state', 'unknown');

-- CreateEnum
CREATE TYPE "MessageState" AS ENUM ('waiting', 'sent', 'dropped', 'failed');

-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "UnitKind" NOT NULL,
    "parent_id" UUID,
    "path" TEXT NOT NULL,
    "authority_id" UUID,
    "agreement_from" DATE,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "aad_object_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "search_name" TEXT NOT NULL,
    "language" "Language" NOT NULL DEFAULT 'da',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "welcomed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_assignment" (
    "staff_id" UUID NOT NULL,
    "role" "StaffRole" NOT NULL,
    "unit_id" UUID NOT NULL,

    CONSTRAINT "staff_assignment_pkey" PRIMARY KEY ("staff_id","role","unit_id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "deputy_id" UUID NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "staff_id" UUID NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "service_url" TEXT NOT NULL,
    "tenant_id" TEXT,
    "bot_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "citizen" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "search_name" TEXT NOT NULL,
    "cpr_cipher" BYTEA,
    "cpr_key_id" TEXT,
    "cpr_index" BYTEA,
    "no_cpr_reason" "NoCprReason",
    "external_id" TEXT,
    "record_number" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "citizen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stay" (
    "id" UUID NOT NULL,
    "citizen_id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "shelter_id" UUID NOT NULL,
    "decided_on" DATE NOT NULL,
    "referred_from" TEXT NOT NULL,
    "municipality_told_on" DATE,
    "municipality_told_by_id" UUID,
    "ended_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "citizen_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "shelter_id" UUID NOT NULL,
    "caseworker_id" UUID,
    "way_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "record_number" TEXT,
    "household_adults" INTEGER,
    "household_children" INTEGER,
    "home_kind" TEXT,
    "support_basis" TEXT,
    "support_method" TEXT,
    "payable_oere" INTEGER,
    "bif_asked_on" DATE,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_pass" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "way_version" INTEGER NOT NULL,
    "started_on" DATE NOT NULL,
    "clock_from" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "reason" TEXT,
    "ended_by_id" UUID,
    "on_behalf_of_id" UUID,
    "answers" JSONB,
    "citizen_told_on" DATE,
    "citizen_told_by_id" UUID,

    CONSTRAINT "step_pass_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "pass_id" UUID,
    "input" JSONB NOT NULL,
    "cpr_cipher" BYTEA,
    "cpr_key_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "used_nonce" (
    "staff_id" UUID NOT NULL,
    "nonce" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_nonce_pkey" PRIMARY KEY ("staff_id","nonce")
);

-- CreateTable
CREATE TABLE "outbox_message" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient_id" UUID NOT NULL,
    "subject" JSONB NOT NULL,
    "state" "MessageState" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "activity_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "on_behalf_of_id" UUID,
    "action" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "citizen_id" UUID,
    "referral_id" UUID,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_criteria" (
    "log_id" BIGINT NOT NULL,
    "criteria" TEXT NOT NULL,

    CONSTRAINT "access_criteria_pkey" PRIMARY KEY ("log_id")
);

-- CreateTable
CREATE TABLE "access_unsealed" (
    "log_id" BIGINT NOT NULL,

    CONSTRAINT "access_unsealed_pkey" PRIMARY KEY ("log_id")
);

-- CreateTable
CREATE TABLE "access_seal" (
    "number" INTEGER NOT NULL,
    "log_ids" BIGINT[],
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_seal_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "dated_rule" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "value" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "verified_by" TEXT,

    CONSTRAINT "dated_rule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "unit_code_key" ON "unit"("code");

-- CreateIndex
CREATE UNIQUE INDEX "unit_path_key" ON "unit"("path");

-- CreateIndex
CREATE INDEX "unit_parent_id_idx" ON "unit"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_aad_object_id_key" ON "staff"("aad_object_id");

-- CreateIndex
CREATE INDEX "staff_search_name_idx" ON "staff"("search_name");

-- CreateIndex
CREATE INDEX "staff_search_name_trgm" ON "staff" USING GIN ("search_name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "staff_assignment_unit_id_role_idx" ON "staff_assignment"("unit_id", "role");

-- CreateIndex
CREATE INDEX "absence_staff_id_last_day_idx" ON "absence"("staff_id", "last_day");

-- CreateIndex
CREATE INDEX "absence_deputy_id_last_day_idx" ON "absence"("deputy_id", "last_day");

-- CreateIndex
CREATE UNIQUE INDEX "citizen_cpr_index_key" ON "citizen"("cpr_index");

-- CreateIndex
CREATE UNIQUE INDEX "citizen_external_id_key" ON "citizen"("external_id");

-- CreateIndex
CREATE INDEX "citizen_search_name_idx" ON "citizen"("search_name");

-- CreateIndex
CREATE INDEX "citizen_search_name_trgm" ON "citizen" USING GIN ("search_name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "stay_referral_id_idx" ON "stay"("referral_id");

-- CreateIndex
CREATE INDEX "stay_citizen_id_idx" ON "stay"("citizen_id");

-- CreateIndex
CREATE INDEX "stay_shelter_id_ended_on_idx" ON "stay"("shelter_id", "ended_on");

-- CreateIndex
CREATE UNIQUE INDEX "referral_number_key" ON "referral"("number");

-- CreateIndex
CREATE INDEX "referral_citizen_id_idx" ON "referral"("citizen_id");

-- CreateIndex
CREATE INDEX "referral_caseworker_id_idx" ON "referral"("caseworker_id");

-- CreateIndex
CREATE INDEX "referral_unit_id_idx" ON "referral"("unit_id");

-- CreateIndex
CREATE INDEX "referral_shelter_id_idx" ON "referral"("shelter_id");

-- CreateIndex
CREATE INDEX "step_pass_step_ended_at_idx" ON "step_pass"("step", "ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "step_pass_referral_id_ordinal_key" ON "step_pass"("referral_id", "ordinal");

-- CreateIndex
CREATE INDEX "draft_staff_id_idx" ON "draft"("staff_id");

-- CreateIndex
CREATE INDEX "draft_pass_id_idx" ON "draft"("pass_id");

-- CreateIndex
CREATE INDEX "used_nonce_used_at_idx" ON "used_nonce"("used_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_key_key" ON "outbox_message"("key");

-- CreateIndex
CREATE INDEX "outbox_message_recipient_id_state_idx" ON "outbox_message"("recipient_id", "state");

-- CreateIndex
CREATE INDEX "access_log_citizen_id_at_idx" ON "access_log"("citizen_id", "at");

-- CreateIndex
CREATE INDEX "access_log_staff_id_at_idx" ON "access_log"("staff_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "dated_rule_key_valid_from_key" ON "dated_rule"("key", "valid_from");

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_assignment" ADD CONSTRAINT "staff_assignment_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_assignment" ADD CONSTRAINT "staff_assignment_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stay" ADD CONSTRAINT "stay_citizen_id_fkey" FOREIGN KEY ("citizen_id") REFERENCES "citizen"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stay" ADD CONSTRAINT "stay_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stay" ADD CONSTRAINT "stay_shelter_id_fkey" FOREIGN KEY ("shelter_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_citizen_id_fkey" FOREIGN KEY ("citizen_id") REFERENCES "citizen"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_caseworker_id_fkey" FOREIGN KEY ("caseworker_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_pass" ADD CONSTRAINT "step_pass_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say ------------------------------------------------------------------------------------

-- At most one open case per citizen, one open pass per case, one draft per pass and one admission draft per person.
CREATE UNIQUE INDEX "referral_one_open" ON "referral" ("citizen_id") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "step_pass_one_open" ON "step_pass" ("referral_id") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "draft_one_per_pass" ON "draft" ("pass_id") WHERE "pass_id" IS NOT NULL;
CREATE UNIQUE INDEX "draft_one_admission" ON "draft" ("staff_id") WHERE "form" = 'admission';

-- Who waits at which step: the few open passes among the many ended.
CREATE INDEX "step_pass_open_by_step" ON "step_pass" ("step", "started_on") WHERE "ended_at" IS NULL;

-- Case numbers begin at 101, so that none is taken for a count or a test.
ALTER SEQUENCE "referral_number_seq" START 101 RESTART 101;

-- The access log and its seals are append-only.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% keeps its rows as they were written: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "access_log_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "access_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "access_seal_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "access_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- A new row of the log waits for its seal, whoever wrote it.
CREATE FUNCTION "await_seal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "access_unsealed" ("log_id") VALUES (NEW."id");
  RETURN NULL;
END
$$;
CREATE TRIGGER "access_log_await_seal" AFTER INSERT ON "access_log"
  FOR EACH ROW EXECUTE FUNCTION "await_seal"();

-- An ended pass never changes, but for when and by whom the citizen was told; no pass is ever deleted.
CREATE FUNCTION "keep_ended_pass"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  as_before "step_pass" := NEW;
BEGIN
  as_before."citizen_told_on" := OLD."citizen_told_on";
  as_before."citizen_told_by_id" := OLD."citizen_told_by_id";
  IF as_before IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'step_pass % has ended and never changes', OLD."id" USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "step_pass_keep_ended" BEFORE UPDATE ON "step_pass"
  FOR EACH ROW WHEN (OLD."ended_at" IS NOT NULL) EXECUTE FUNCTION "keep_ended_pass"();
CREATE TRIGGER "step_pass_keep" BEFORE DELETE OR TRUNCATE ON "step_pass"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
