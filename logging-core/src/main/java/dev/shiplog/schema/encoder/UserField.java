package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import org.jspecify.annotations.Nullable;

/**
 * What has been decided about a user's key.
 *
 * @param key the key as the user wrote it
 * @param name the name in the record, or null if the field is left out
 * @param masked whether the value is hidden
 * @param unique whether no other key of the same source can have this name
 */
record UserField(String key, @Nullable FieldName name, boolean masked, boolean unique) {}
