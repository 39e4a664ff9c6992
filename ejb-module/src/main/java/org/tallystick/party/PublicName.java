package org.tallystick.party;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;

/**
 * What people take for one name: two public names with one skeleton are the same to the eye,
 * whatever letters, scripts, widths and invisible characters they are made of.
 *
 * <p>Source: UTS #39 section 4, skeleton; UAX #15 and Unicode 3.13, NFKC_Casefold.
 */
final class PublicName {
  /** Characters that a skeleton has at most; a name of 64 characters has fewer. */
  static final int MAX_SKELETON = 1024;

  private static final SpoofChecker CONFUSABLES =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
  private static final Normalizer2 FOLDED = Normalizer2.getNFKCCasefoldInstance();

  private PublicName() {}

  /**
   * The skeleton of a name: folded before, because a capital may look like another letter than its
   * small one, and after, because a digit's look-alike is a capital. Runs of spaces are one.
   */
  static String skeleton(String name) {
    String folded = FOLDED.normalize(CONFUSABLES.getSkeleton(FOLDED.normalize(name)));
    return folded.replaceAll("[\\p{Z}\\s]+", " ").strip();
  }
}
