"""The tables of each part as first released; `storage.schema` puts them in order and says how they change."""
