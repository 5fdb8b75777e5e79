package org.example.teacher;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.teacher.TeacherUpdate;

/** Named in META-INF/services. */
public final class SnapshotPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(TeacherUpdate.class, "snapshot", SnapshotConfig.class, Snapshot.class);
  }
}
