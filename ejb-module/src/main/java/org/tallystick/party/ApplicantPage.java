package org.tallystick.party;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some registrations, oldest first.
 *
 * @param registrations the page
 * @param next give this back to get the next page; null on the last
 */
public record ApplicantPage(List<Applicant> registrations, @Nullable String next) {
  /** Copies the list. */
  public ApplicantPage {
    registrations = List.copyOf(registrations);
  }
}
