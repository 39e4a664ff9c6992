package org.tallystick.institution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some institutions, oldest first.
 *
 * @param institutions the page
 * @param next give this back to get the next page; null on the last
 */
public record InstitutionPage(List<Institution> institutions, @Nullable String next) {
  /** Copies the list. */
  public InstitutionPage {
    institutions = List.copyOf(institutions);
  }
}
