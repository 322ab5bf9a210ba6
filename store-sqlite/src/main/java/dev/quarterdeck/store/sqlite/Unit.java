package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.sql.SQLException;

/// Work that becomes durable as a whole or not at all. It may be run a second time when the
/// transaction around the first was lost, so it changes nothing but the database.
@FunctionalInterface
interface Unit<T> {
  T run(Session session) throws SQLException, VersionConflict, DuplicateValue;
}
