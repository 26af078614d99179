ALTER TABLE fetch ADD COLUMN payload_file TEXT;     -- of a page that came as it was before: where the bytes lie
