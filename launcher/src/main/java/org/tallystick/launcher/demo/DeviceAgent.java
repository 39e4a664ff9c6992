package org.tallystick.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tallystick.launcher.LaunchException;

/**
 * A device as a process of its own, spoken to in JSON lines. It holds nothing but its own state
 * file and platform key.
 */
public final class DeviceAgent implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private DeviceAgent(String name, Process process) {
    this.name = name;
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a device of the Java SDK on its own folder. */
  public static DeviceAgent start(String name, Path folder, URI bank, String rootFingerprint) {
    return start(
        name,
        folder,
        bank,
        rootFingerprint,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.tallystick.device.process.DeviceProcess"));
  }

  /**
   * Starts a device on its own folder.
   *
   * @param program the command line of a device process, without its options
   */
  public static DeviceAgent start(
      String name, Path folder, URI bank, String rootFingerprint, List<String> program) {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of(
            "--state",
            folder.resolve("device.state").toString(),
            "--platform-key",
            folder.resolve("platform.key").toString(),
            "--bank",
            bank.toString(),
            "--root",
            rootFingerprint));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      DeviceAgent agent = new DeviceAgent(name, process);
      JsonNode first = agent.read();
      if (!first.path("event").asText().equals("started")) {
        throw new LaunchException(
            "device " + name + " does not start: " + first.path("title").asText());
      }
      return agent;
    } catch (IOException e) {
      throw new LaunchException("could not start the device " + name, e);
    }
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Sends one command and returns the event that ends it; a refusal is returned as it is. */
  public JsonNode tell(String command, Map<String, ?> arguments) {
    try {
      var object = JSON.createObjectNode();
      object.put("command", command);
      arguments.forEach((key, value) -> object.set(key, JSON.valueToTree(value)));
      in.write(JSON.writeValueAsString(object));
      in.newLine();
      in.flush();
      JsonNode event = read();
      while (!ends(event, command)) {
        event = read();
      }
      return event;
    } catch (IOException e) {
      throw new UncheckedIOException("device " + name, e);
    }
  }

  /** As {@link #tell}, but a refusal is an error. */
  public JsonNode must(String command, Map<String, ?> arguments) {
    JsonNode result = tell(command, arguments);
    if (result.path("event").asText().equals("refused")) {
      throw new LaunchException(
          "device %s could not %s: %s %s"
              .formatted(
                  name, command, result.path("type").asText(), result.path("title").asText()));
    }
    return result;
  }

  /** The reply to a command, or the refusal of a line that could not even be read. */
  private static boolean ends(JsonNode event, String command) {
    String re = event.path("re").asText();
    return re.equals(command) || (re.isEmpty() && event.path("event").asText().equals("refused"));
  }

  private JsonNode read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new LaunchException("device " + name + " ended");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    try {
      in.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException alreadyGone) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
