package org.tallystick.party;

import com.ibm.icu.text.Bidi;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tallystick.crypto.Sha256;

/**
 * What people take for one public name, whatever letters, scripts, widths and invisible characters
 * it is made of.
 *
 * <p>Two skeletons, since look and case do not go together: a Greek capital Eta is a Latin H to the
 * eye, its small letter is no h; I and l are one to the eye, i and l are not. Two names are one to
 * people where either skeleton is. Skeletons are stored as hashes, for their length has no useful
 * bound. A new version of ICU may make others of the same names: then those of all providers have
 * to be made again.
 *
 * <p>Source: UTS #39 section 4, bidiSkeleton and skeleton; Unicode 3.13, NFKC_Casefold.
 */
public final class LookAlikes {
  private static final SpoofChecker CONFUSABLES =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
  private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();

  private LookAlikes() {}

  /** The public name with its hashes; empty where nothing of it is seen. */
  public static Optional<PublicName> of(String name) {
    String look = look(name);
    return look.isEmpty()
        ? Optional.empty()
        : Optional.of(new PublicName(name, hash(look), hash(folded(name))));
  }

  /** As it is written; folded behind that, for a look-alike may be a capital. */
  static String look(String name) {
    String seen = FOLDING.normalize(CONFUSABLES.getBidiSkeleton(Bidi.LTR, name));
    return blanksJoined(CONFUSABLES.getSkeleton(seen));
  }

  /** In small letters. */
  static String folded(String name) {
    return blanksJoined(CONFUSABLES.getBidiSkeleton(Bidi.LTR, FOLDING.normalize(name)));
  }

  /** Ends with folding: what is left of a skeleton's capitals are look-alikes of small letters. */
  private static String blanksJoined(String skeleton) {
    return FOLDING.normalize(skeleton).replaceAll("[\\p{Z}\\s]+", " ").strip();
  }

  private static byte[] hash(String skeleton) {
    return Sha256.of(skeleton.getBytes(StandardCharsets.UTF_8));
  }
}
