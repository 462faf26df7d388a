-- `mine opgaver` reads the open passes from the index alone: among 100,000 citizens their rows lie far apart.
DROP INDEX "step_pass_open_by_step";
CREATE INDEX "step_pass_open_by_step" ON "step_pass" ("step", "clock_from") INCLUDE ("referral_id", "started_on") WHERE "ended_at" IS NULL;

-- The few admissions of which the handlekommune is still to be told, among the many stays.
CREATE INDEX "stay_untold" ON "stay" ("referral_id") INCLUDE ("decided_on") WHERE "municipality_told_on" IS NULL AND "ended_on" IS NULL;

-- The outcomes of which citizens are still to be told.
CREATE INDEX "step_pass_untold" ON "step_pass" (("step" || ':' || "outcome")) WHERE "citizen_told_on" IS NULL;
