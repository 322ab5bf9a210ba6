package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostGroupsTest {
  @Test
  void findsVersionOneAndTwoSideBySide() {
    HostGroups groups =
        HostGroups.parse(
            List.of("4:memory:/jobs/a", "8:pids:/", "2:cpu,cpuacct:/jobs/a", "0::/x"),
            List.of(
                "22 27 0:21 / /proc rw - proc proc rw",
                "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids",
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw"));
    assertThat(groups.v1())
        .containsEntry("memory", Path.of("/sys/fs/cgroup/memory/jobs/a"))
        .containsEntry("pids", Path.of("/sys/fs/cgroup/pids"))
        .containsEntry("cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct/jobs/a"))
        .containsEntry("cpuacct", Path.of("/sys/fs/cgroup/cpu,cpuacct/jobs/a"));
    assertThat(groups.v2()).contains(Path.of("/sys/fs/cgroup/unified/x"));
  }

  @Test
  void followsAMountOfAPartOfTheHierarchy() {
    HostGroups groups =
        HostGroups.parse(
            List.of("4:memory:/docker/abc/child"),
            List.of("35 31 0:32 /docker/abc /my\\040cgroup/memory rw - cgroup cgroup rw,memory"));
    assertThat(groups.v1()).containsEntry("memory", Path.of("/my cgroup/memory/child"));
  }

  @Test
  void findsNothingWhereNothingIsMounted() {
    HostGroups groups = HostGroups.parse(List.of("0::/", "nonsense"), List.of("nonsense - x"));
    assertThat(groups.v1()).isEmpty();
    assertThat(groups.v2()).isEmpty();
  }
}
