"""The history of the schema, one numbered file a step; applied in order, each in its own transaction."""
