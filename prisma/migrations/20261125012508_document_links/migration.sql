-- CreateTable
CREATE TABLE "document_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "document_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "document_link_token_hash_key" ON "document_link"("token_hash");

-- CreateIndex
CREATE INDEX "document_link_staff_id_idx" ON "document_link"("staff_id");

-- AddForeignKey
ALTER TABLE "document_link" ADD CONSTRAINT "document_link_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
