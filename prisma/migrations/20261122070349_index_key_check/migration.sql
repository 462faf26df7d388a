-- CreateTable
CREATE TABLE "key_check" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "key_check_pkey" PRIMARY KEY ("name")
);
