-- AlterTable
ALTER TABLE "subsidy_grant" ADD COLUMN     "part_month" TEXT NOT NULL DEFAULT 'days',
ADD COLUMN     "rounding" TEXT NOT NULL DEFAULT 'oere',
ADD COLUMN     "starts_on" DATE;

-- The years of a schedule count from the first day with the subsidy or later, and its terms are known ones.
ALTER TABLE "subsidy_grant"
  ADD CONSTRAINT "subsidy_grant_begins_before_its_years" CHECK ("starts_on" <= "anchor_on"),
  ADD CONSTRAINT "subsidy_grant_terms" CHECK ("rounding" IN ('oere', 'krone') AND "part_month" IN ('days', 'thirtieths'));
