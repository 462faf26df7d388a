-- No absence ends before it begins: what the form promises is kept by the database too.
ALTER TABLE "absence" ADD CONSTRAINT "absence_days_in_order" CHECK ("first_day" <= "last_day");
