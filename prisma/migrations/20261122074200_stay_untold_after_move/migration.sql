-- The handlekommune is to be told of a stay also when the citizen has moved on to another shelter since.
DROP INDEX "stay_untold";
CREATE INDEX "stay_untold" ON "stay" ("referral_id") INCLUDE ("decided_on") WHERE "municipality_told_on" IS NULL;
