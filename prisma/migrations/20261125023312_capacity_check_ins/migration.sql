-- CreateTable
CREATE TABLE "capacity_check_in" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "occasion" TEXT NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "owner_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "capacity_check_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capacity_answer" (
    "id" UUID NOT NULL,
    "check_in_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "partly" BOOLEAN NOT NULL,
    "income_kind" TEXT,
    "income_until" DATE,
    "capacity_oere" INTEGER,
    "certainty" TEXT,
    "expected_oere" INTEGER,
    "expected_from" DATE,
    "plan" TEXT,
    "measure" TEXT,
    "measure_due_on" DATE,

    CONSTRAINT "capacity_answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "capacity_check_in_referral_id_idx" ON "capacity_check_in"("referral_id");

-- CreateIndex
CREATE INDEX "capacity_check_in_owner_id_closed_at_idx" ON "capacity_check_in"("owner_id", "closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "capacity_answer_check_in_id_version_key" ON "capacity_answer"("check_in_id", "version");

-- AddForeignKey
ALTER TABLE "capacity_check_in" ADD CONSTRAINT "capacity_check_in_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_answer" ADD CONSTRAINT "capacity_answer_check_in_id_fkey" FOREIGN KEY ("check_in_id") REFERENCES "capacity_check_in"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say (docs/data.md).
CREATE UNIQUE INDEX "capacity_check_in_one_open" ON "capacity_check_in"("referral_id") WHERE "closed_at" IS NULL;
ALTER TABLE "capacity_check_in" ADD CONSTRAINT "capacity_check_in_closed_with_outcome" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL));
CREATE FUNCTION "keep_capacity_answer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an answer to a check-in is never changed'; END $$;
CREATE TRIGGER "capacity_answer_append_only" BEFORE UPDATE OR DELETE ON "capacity_answer"
  FOR EACH ROW EXECUTE FUNCTION "keep_capacity_answer"();
