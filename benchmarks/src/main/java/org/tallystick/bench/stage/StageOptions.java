package org.tallystick.bench.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.bench.stage.server.StageSettings.Form;
import org.tallystick.bench.stage.server.StageSettings.Plant;

/**
 * What the command line asks for.
 *
 * @param forms the forms to run, in order
 * @param seconds length of the measured load
 * @param warmUpSeconds length of the load before it
 * @param ratePerSecond pace of the load in halves per second; 0 means closed loop
 * @param kills how often the drill kills the server
 * @param seed what every random choice derives from
 * @param plant the planted defect
 * @param poison unstorable halves sent before the measured load
 * @param server folder with the server's jar and the resource archive
 * @param out file that gets the JSON lines as well
 */
record StageOptions(
    List<Form> forms,
    int seconds,
    int warmUpSeconds,
    int ratePerSecond,
    int kills,
    long seed,
    Plant plant,
    int poison,
    Path server,
    Optional<Path> out) {
  static StageOptions parse(String[] args) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("expected --name value, got " + args[i]);
      }
      given.put(args[i].substring(2), args[i + 1]);
    }
    StageOptions options =
        new StageOptions(
            forms(take(given, "form", "all")),
            Integer.parseInt(take(given, "seconds", "300")),
            Integer.parseInt(take(given, "warm-up", "30")),
            Integer.parseInt(take(given, "rate", "0")),
            Integer.parseInt(take(given, "kills", "30")),
            Long.parseLong(take(given, "seed", "1")),
            Plant.valueOf(constant(take(given, "plant", "none"))),
            Integer.parseInt(take(given, "poison", "3")),
            Path.of(take(given, "server", ServerFiles.besideClasses().toString())),
            Optional.ofNullable(given.remove("out")).map(Path::of));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown options " + given.keySet());
    }
    return options;
  }

  private static List<Form> forms(String text) {
    if (text.equals("all")) {
      return List.of(Form.values());
    }
    List<Form> forms = new ArrayList<>();
    for (String name : List.of(text.split(",", -1))) {
      forms.add(Form.valueOf(constant(name)));
    }
    return forms;
  }

  private static String take(Map<String, String> given, String name, String fallback) {
    String value = given.remove(name);
    return value == null ? fallback : value;
  }

  private static String constant(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Returns the name a form or plant has on the command line. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
