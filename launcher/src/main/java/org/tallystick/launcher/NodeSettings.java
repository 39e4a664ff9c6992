package org.tallystick.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one node of the server is to run.
 *
 * @param name letters, digits and hyphens; nodes on one data folder need different ones
 * @param dataFolder absolute
 * @param httpPort TCP port
 * @param environment what comes on top of this process's own environment
 * @param javaFlags flags of the virtual machine, after the launcher's own
 * @param train whether to write a class archive at the stop where there is none
 */
public record NodeSettings(
    String name,
    Path dataFolder,
    int httpPort,
    Map<String, String> environment,
    List<String> javaFlags,
    boolean train) {
  /** Bounds for a node that shares its machine with others: two and their like fit in 4 GiB. */
  private static final List<String> LEAN =
      List.of(
          "-Xms128m",
          "-Xmx512m",
          "-XX:MaxMetaspaceSize=256m",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:ReservedCodeCacheSize=96m");

  /** Copies what it is given. */
  public NodeSettings {
    environment = Map.copyOf(environment);
    javaFlags = List.copyOf(javaFlags);
  }

  /** A node with a database and nothing special. */
  public static NodeSettings of(
      String name, Path dataFolder, int httpPort, Map<String, String> database) {
    return new NodeSettings(name, dataFolder, httpPort, database, List.of(), false);
  }

  /** The same, writing a class archive at its stop. */
  public NodeSettings training() {
    return new NodeSettings(name, dataFolder, httpPort, environment, javaFlags, true);
  }

  /** The same with less memory, because it is not alone on its machine. */
  public NodeSettings besideOthers() {
    return new NodeSettings(name, dataFolder, httpPort, environment, LEAN, train);
  }

  /** The same with more environment. */
  public NodeSettings with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new NodeSettings(name, dataFolder, httpPort, all, javaFlags, train);
  }

  Map<String, String> wholeEnvironment() {
    Map<String, String> all = new HashMap<>();
    all.put("TALLYSTICK_MQ_DATA", dataFolder.resolve("mq").resolve(name).toString());
    all.putAll(environment);
    all.put("TALLYSTICK_DATA", dataFolder.toString());
    all.put("TALLYSTICK_NODE", name);
    all.put("TALLYSTICK_HTTP_PORT", Integer.toString(httpPort));
    return all;
  }
}
