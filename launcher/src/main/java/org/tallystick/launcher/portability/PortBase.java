package org.tallystick.launcher.portability;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;

/**
 * A hundred TCP ports in a row for one server, for everything but its HTTP port.
 *
 * @param first of them, a multiple of a hundred
 */
public record PortBase(int first) {
  private static final int WIDTH = 100;

  /** Below the ports that the operating system hands out by itself. */
  private static final int LOWEST = 20_000;

  private static final int HUNDREDS = 120;

  /**
   * A hundred on which nobody listens at this moment. Where to begin is left to chance, so that
   * launchers that start at once are unlikely to meet.
   *
   * @throws LaunchException where there is none
   */
  public static PortBase free(RandomGenerator chance) {
    int begin = chance.nextInt(HUNDREDS);
    return IntStream.range(0, HUNDREDS)
        .mapToObj(i -> new PortBase(LOWEST + (begin + i) % HUNDREDS * WIDTH))
        .filter(base -> base.taken().isEmpty())
        .findFirst()
        .orElseThrow(() -> new LaunchException("no hundred free ports in a row"));
  }

  /** Those on which somebody listens. */
  List<Integer> taken() {
    return IntStream.range(first, first + WIDTH).filter(Folders::portIsTaken).boxed().toList();
  }
}
