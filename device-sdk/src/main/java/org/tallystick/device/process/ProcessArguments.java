package org.tallystick.device.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.transport.BankRoutes;

/**
 * Arguments of a device process.
 *
 * @param state file of the device
 * @param platformKey file of the platform key
 * @param bank base URL, or those of all its nodes, divided by commas
 * @param rootFingerprint 32 bytes
 */
record ProcessArguments(Path state, Path platformKey, BankRoutes bank, byte[] rootFingerprint) {
  static final String USAGE =
      "--state FILE --platform-key FILE --bank URL[,URL...] --root FINGERPRINT (base64url or hex)";

  private static final Set<String> NAMES = Set.of("--state", "--platform-key", "--bank", "--root");
  private static final int HEX_LENGTH = 64;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they are not the four that are needed
   */
  static ProcessArguments of(String... args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      if (!NAMES.contains(args[i]) || values.put(args[i], args[i + 1]) != null) {
        throw new IllegalArgumentException(USAGE);
      }
    }
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    return new ProcessArguments(
        Path.of(need(values, "--state")),
        Path.of(need(values, "--platform-key")),
        BankRoutes.parse(need(values, "--bank")),
        fingerprint(need(values, "--root")));
  }

  private static String need(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(USAGE);
    }
    return value;
  }

  private static byte[] fingerprint(String text) {
    byte[] bytes =
        text.length() == HEX_LENGTH ? HexFormat.of().parseHex(text) : Base64Url.decode(text);
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a root fingerprint has 32 bytes");
    }
    return bytes;
  }
}
