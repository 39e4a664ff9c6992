package org.tallystick.it;

import java.util.List;
import java.util.Map;

/** What an organisation says of itself. */
final class BackOfficeOrganisation {
  private BackOfficeOrganisation() {}

  static Map<String, Object> of(String name) {
    return Map.of(
        "organisation",
        Map.of(
            "name",
            name,
            "registrationNumber",
            "HRB 4711",
            "country",
            "GB",
            "legalForm",
            "Ltd",
            "address",
            Map.of("lines", List.of("1 Dorset Street"), "locality", "London", "country", "GB"),
            "owners",
            List.of(),
            "representatives",
            List.of(Map.of("name", "Joseph Clement", "born", "1979-06-13", "country", "GB"))));
  }
}
