package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.state.StateRefusedException;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.HttpBankConnection;

/**
 * A device as a process: JSON commands on standard input, JSON events on standard output, one a
 * line. The first event is {@code started}, or {@code failed} where the state cannot be opened.
 * Secrets come on standard input only.
 */
public final class DeviceProcess {
  private static final int MAX_LINE = 64 * 1024;
  private static final int FAILED = 2;

  private DeviceProcess() {}

  /** Runs until {@code quit} or the end of the input. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.exit(run(args, System.in, out));
  }

  /**
   * Runs a device.
   *
   * @return 0, or 2 where the device could not be started or a fault ended it
   */
  static int run(String[] args, InputStream in, PrintStream out) {
    EventWriter events = new EventWriter(out);
    try {
      ProcessArguments arguments = ProcessArguments.of(args);
      SecureRandom random = new SecureRandom();
      TamperingConnection bank =
          new TamperingConnection(
              new HttpBankConnection(arguments.bank(), Backoff.standard(random)));
      DeviceSettings settings =
          DeviceSettings.of(
              arguments.state(),
              arguments.platformKey(),
              arguments.bank().baseUrls().get(0),
              arguments.rootFingerprint());
      try (TallystickDevice device = TallystickDevice.open(settings, bank, events)) {
        events.write(events.event("started").put("pid", ProcessHandle.current().pid()));
        resume(device, events);
        serve(new DeviceCommands(device, bank, events), new BufferedInputStream(in), events);
      }
      return 0;
    } catch (StateRefusedException e) {
      return failed(events, "state-" + EventWriter.lower(e.reason()), e);
    } catch (IllegalArgumentException e) {
      return failed(events, "arguments", e);
    } catch (IOException | java.io.UncheckedIOException e) {
      return failed(events, "fault", e);
    }
  }

  private static int failed(EventWriter events, String step, Exception e) {
    DeviceRefusal refusal = new DeviceRefusal(step, String.valueOf(e.getMessage()));
    events.write(events.event("failed").put("type", refusal.type()).put("title", refusal.title()));
    return FAILED;
  }

  private static void resume(TallystickDevice device, EventWriter events) {
    TallystickDevice.Resumed resumed = device.resume();
    ObjectNode event =
        events
            .event("resumed")
            .put("resent", resumed.resent())
            .put("answered", resumed.answered())
            .put("open", resumed.open())
            .put("notAccepted", resumed.notAccepted())
            .put("notices", resumed.notices())
            .put("rekeyed", resumed.rekeyed());
    resumed.problem().ifPresent(problem -> event.put("problem", problem.type()));
    events.write(event);
  }

  private static void serve(DeviceCommands commands, InputStream in, EventWriter events)
      throws IOException {
    while (true) {
      byte[] line = line(in);
      if (line == null) {
        return;
      }
      try {
        if (line.length > 0 && !one(commands, line, events)) {
          return;
        }
      } finally {
        Arrays.fill(line, (byte) 0);
      }
    }
  }

  /** Carries out one line; false after {@code quit}. */
  private static boolean one(DeviceCommands commands, byte[] line, EventWriter events) {
    Command read = null;
    try (Command command = Command.of(line)) {
      read = command;
      if (command.name().equals("quit")) {
        events.write(events.reply("stopped", command));
        return false;
      }
      commands.run(command);
    } catch (IllegalArgumentException e) {
      events.refused(read, new DeviceRefusal("bad-command", String.valueOf(e.getMessage())));
    }
    return true;
  }

  /**
   * One line without its end, or null at the end of the input; one that is too long is cut and so
   * refused.
   */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    byte[] buffer = new byte[MAX_LINE];
    int length = 0;
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (length < MAX_LINE) {
        buffer[length] = (byte) next;
      }
      length++;
      next = in.read();
    }
    byte[] line = Arrays.copyOf(buffer, Math.min(length, MAX_LINE));
    Arrays.fill(buffer, (byte) 0);
    return line;
  }
}
