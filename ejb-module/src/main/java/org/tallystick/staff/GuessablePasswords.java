package org.tallystick.staff;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Passwords that are tried first: common ones of at least 12 characters, those made of the user's
 * or the service's name, of few different characters or of a run along the alphabet or keyboard.
 *
 * <p>Source: NIST SP 800-63B, 5.1.1.2 (repetitive, sequential, context-specific, commonly used).
 */
final class GuessablePasswords {
  private static final int LEAST_DIFFERENT = 5;
  private static final int LEAST_RUN = 6;
  private static final String RUNS =
      "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"
          + " qwertzuiopasdfghjklyxcvbnm azertyuiopqsdfghjklmwxcvbn 1qaz2wsx3edc4rfv5tgb6yhn7ujm"
          + " 1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0 zaq12wsxcde34rfvbgt56yhn";

  /** Without the digits and signs at the end that people add to satisfy a rule. */
  private static final Set<String> STEMS =
      Set.of(
          "password",
          "passwordpassword",
          "passw0rd",
          "p@ssword",
          "p@ssw0rd",
          "mypassword",
          "thisismypassword",
          "thepassword",
          "newpassword",
          "changepassword",
          "secretpassword",
          "adminpassword",
          "administrator",
          "adminadmin",
          "adminadminadmin",
          "rootroot",
          "changeme",
          "changemenow",
          "changemeplease",
          "pleasechangeme",
          "letmein",
          "letmeinplease",
          "letmeinnow",
          "welcome",
          "welcomeback",
          "welcomehome",
          "iloveyou",
          "iloveyouforever",
          "iloveyousomuch",
          "iloveyoubaby",
          "trustnoone",
          "trustnobody",
          "correcthorsebatterystaple",
          "correct horse battery staple",
          "opensesame",
          "supersecret",
          "topsecret",
          "verysecret",
          "unbelievable",
          "motherfucker",
          "chocolatecake",
          "sunshine",
          "princess",
          "princessprincess",
          "football",
          "footballfootball",
          "baseball",
          "superman",
          "michaeljordan",
          "manchesterunited",
          "liverpoolfc",
          "harrypotter",
          "starwars",
          "startrek",
          "pokemon",
          "metallica",
          "slipknot",
          "mercedesbenz",
          "qwertyqwerty",
          "qwertyqwertyqwerty",
          "asdfasdfasdf",
          "abcabcabcabc",
          "testtesttest",
          "defaultpassword",
          "temporarypassword",
          "companypassword",
          "bankpassword");

  private GuessablePasswords() {}

  /** Whether this password of this user is one of them. */
  static boolean contain(String password, String user) {
    String plain = plain(password);
    String stem = plain.replaceAll("[^\\p{L}]+$", "");
    return plain.codePoints().distinct().count() < LEAST_DIFFERENT
        || STEMS.contains(plain)
        || STEMS.contains(stem)
        || isRun(plain)
        || (stem.length() >= LEAST_RUN && isRun(stem))
        || isMadeOf(plain, plain(user))
        || isMadeOf(plain, "tallystick");
  }

  private static boolean isRun(String plain) {
    return RUNS.contains(plain) || RUNS.contains(new StringBuilder(plain).reverse());
  }

  /** Nothing but that name, perhaps several times, and digits and signs. */
  private static boolean isMadeOf(String plain, String name) {
    return plain.contains(name) && plain.replace(name, "").replaceAll("[^\\p{L}]", "").isEmpty();
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }
}
