package org.tallystick.launcher.portability;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one full server is to run: what its scripts find in their environment.
 *
 * @param home unpacked distribution, never written to
 * @param javaHome JDK that runs it
 * @param scripts folder with configure.sh, start.sh, deploy.sh and stop.sh
 * @param libraries folder with what the application needs beside itself
 * @param folder of this installation: the server's own files and logs
 * @param data the bank's own folder
 * @param httpPort TCP port
 * @param ports for everything else
 * @param database where it is
 */
public record ServerSettings(
    Path home,
    Path javaHome,
    Path scripts,
    Path libraries,
    Path folder,
    Path data,
    int httpPort,
    PortBase ports,
    Database database) {
  /**
   * A PostgreSQL.
   *
   * @param host name or address
   * @param port TCP port
   * @param name of the database
   * @param user its owner
   * @param passwordFile with the owner's password
   */
  public record Database(String host, int port, String name, String user, Path passwordFile) {}

  /** Where an installation in this folder lies: SERVER_BASE. */
  static Path base(Path folder) {
    return folder.resolve("server");
  }

  /** The environment of every script. */
  Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("SERVER_HOME", home.toString());
    all.put("SERVER_BASE", base(folder).toString());
    all.put("SERVER_LIBRARIES", libraries.toString());
    all.put("JAVA_HOME", javaHome.toString());
    all.put("TALLYSTICK_HTTP_PORT", Integer.toString(httpPort));
    all.put("TALLYSTICK_PORT_BASE", Integer.toString(ports.first()));
    all.put("TALLYSTICK_DB_HOST", database.host());
    all.put("TALLYSTICK_DB_PORT", Integer.toString(database.port()));
    all.put("TALLYSTICK_DB_NAME", database.name());
    all.put("TALLYSTICK_DB_USER", database.user());
    all.put("TALLYSTICK_DB_PASSWORD_FILE", database.passwordFile().toString());
    all.put("TALLYSTICK_DATA", data.toString());
    all.put("TALLYSTICK_MQ_DATA", data.resolve("mq").toString());
    all.put("TALLYSTICK_NODE", "node-1");
    return all;
  }
}
