package org.tallystick.bench.stage.server;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the instances of a message-driven bean share. */
final class StageBeans {
  private static @Nullable GroupCommit group;

  private StageBeans() {}

  /** Returns the one group of this application; the first caller's data source counts. */
  static synchronized GroupCommit group(DataSource dataSource) {
    GroupCommit shared = group;
    if (shared == null) {
      shared = new GroupCommit(new BatchWriter(dataSource));
      group = shared;
    }
    return shared;
  }
}
