-- Unlogged, which the schema cannot say: taking a slot waits for no disk, and after a crash the buckets are full.
CREATE UNLOGGED TABLE "send_bucket" (
    "name" TEXT NOT NULL,
    "full_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_bucket_pkey" PRIMARY KEY ("name")
);
