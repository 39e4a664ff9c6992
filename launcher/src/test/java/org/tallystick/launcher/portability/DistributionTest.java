package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.launcher.LaunchException;

final class DistributionTest {
  @Test
  void distributions_asTheBuildFilledThemIn_areThreeWithVersions() {
    assertThat(Distribution.all())
        .extracting(Distribution::name)
        .containsExactly("payara", "glassfish", "wildfly");
    assertThat(Distribution.all())
        .allSatisfy(known -> assertThat(known.version()).matches("[0-9][0-9A-Za-z.]+"));
    assertThat(Distribution.plugin()).matches("[a-z.]+:maven-dependency-plugin:[0-9.]+");
  }

  @Test
  void distribution_ofAnUnknownName_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Distribution.named("jetty"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("jetty")
        .hasMessageContaining("wildfly");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void portBase_whereOnePortIsTaken_isAnotherHundred(long seed) throws IOException {
    PortBase first = PortBase.free(new Random(seed));
    try (ServerSocket taken =
        new ServerSocket(first.first() + 99, 1, InetAddress.getLoopbackAddress())) {
      assertThat(first.taken()).containsExactly(taken.getLocalPort());
      assertThat(PortBase.free(new Random(seed))).isNotEqualTo(first);
    }
  }

  @Test
  void jdk_inAFolderWithoutJava_isRefused() {
    assertThatThrownBy(() -> Jdk.at(Path.of("src")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("no JDK");
    assertThat(Jdk.at(Path.of(System.getProperty("java.home"))).version())
        .isEqualTo(System.getProperty("java.version"));
  }
}
