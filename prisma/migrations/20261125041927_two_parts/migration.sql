-- AlterTable
ALTER TABLE "capacity_check_in" ALTER COLUMN "asked_by_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "capacity_income" (
    "answer_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "monthly_oere" INTEGER,
    "from_on" DATE,
    "until_on" DATE,

    CONSTRAINT "capacity_income_pkey" PRIMARY KEY ("answer_id","position")
);

-- CreateTable
CREATE TABLE "capacity_household" (
    "id" UUID NOT NULL,
    "check_in_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "adults" INTEGER NOT NULL,
    "children" INTEGER NOT NULL,
    "utilities_oere" INTEGER,
    "fixed_oere" INTEGER,
    "debt_oere" INTEGER,

    CONSTRAINT "capacity_household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capacity_measure" (
    "id" UUID NOT NULL,
    "check_in_id" UUID NOT NULL,
    "side" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "outcome" TEXT,

    CONSTRAINT "capacity_measure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "capacity_household_check_in_id_version_key" ON "capacity_household"("check_in_id", "version");

-- CreateIndex
CREATE INDEX "capacity_measure_check_in_id_idx" ON "capacity_measure"("check_in_id");

-- CreateIndex
CREATE INDEX "capacity_measure_owner_id_ended_at_idx" ON "capacity_measure"("owner_id", "ended_at");

-- AddForeignKey
ALTER TABLE "capacity_income" ADD CONSTRAINT "capacity_income_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "capacity_answer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_household" ADD CONSTRAINT "capacity_household_check_in_id_fkey" FOREIGN KEY ("check_in_id") REFERENCES "capacity_check_in"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_measure" ADD CONSTRAINT "capacity_measure_check_in_id_fkey" FOREIGN KEY ("check_in_id") REFERENCES "capacity_check_in"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the first version of BIF's part held in columns. Nobody has used it yet, so that they go in the same migration.
INSERT INTO "capacity_income" ("answer_id", "position", "kind", "until_on")
  SELECT "id", 1, "income_kind", "income_until" FROM "capacity_answer" WHERE "income_kind" IS NOT NULL;
INSERT INTO "capacity_measure" ("id", "check_in_id", "side", "code", "owner_id", "due_on", "added_by_id", "added_at")
  SELECT DISTINCT ON ("check_in_id") "id", "check_in_id", 'bif', "measure", "by_id", "measure_due_on", "by_id", "at"
  FROM "capacity_answer" WHERE "measure" IS NOT NULL ORDER BY "check_in_id", "version" DESC;

-- AlterTable
ALTER TABLE "capacity_answer" DROP COLUMN "income_kind",
DROP COLUMN "income_until",
DROP COLUMN "measure",
DROP COLUMN "measure_due_on";

-- What Prisma's schema cannot say (docs/data.md).
ALTER TABLE "capacity_measure" ADD CONSTRAINT "capacity_measure_side" CHECK ("side" IN ('sf', 'bif'));
ALTER TABLE "capacity_measure" ADD CONSTRAINT "capacity_measure_ended_with_outcome" CHECK (("ended_at" IS NULL) = ("outcome" IS NULL));
CREATE TRIGGER "capacity_income_append_only" BEFORE UPDATE OR DELETE ON "capacity_income"
  FOR EACH ROW EXECUTE FUNCTION "keep_capacity_answer"();
CREATE TRIGGER "capacity_household_append_only" BEFORE UPDATE OR DELETE ON "capacity_household"
  FOR EACH ROW EXECUTE FUNCTION "keep_capacity_answer"();
