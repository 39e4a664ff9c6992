package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tallystick.enrolment.Footprint;

class FootprintCollectorTest {
  private int asked;

  private FootprintCollector collector() {
    return new FootprintCollector("app 1.0")
        .with(FootprintItem.MANUFACTURER, () -> "Maker")
        .with(FootprintItem.MODEL, () -> "Model")
        .with(
            FootprintItem.SERIAL,
            () -> {
              asked++;
              return "S".repeat(100);
            });
  }

  @Test
  void collect_everythingConsented_isShortenedAndWhole() {
    assertThat(collector().collect(EnumSet.allOf(FootprintItem.class)))
        .isEqualTo(
            new Footprint(
                "Maker",
                "Model",
                "S".repeat(64),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "app 1.0"));
  }

  @Test
  void collect_noConsent_isNotEvenAsked() {
    assertThat(collector().collect(Set.of(FootprintItem.MODEL)))
        .isEqualTo(new Footprint("", "Model", "", "", "app 1.0"));
    assertThat(asked).isZero();
  }

  @Test
  void items_eachOne_saysWhatAndWhy() {
    for (FootprintItem item : FootprintItem.values()) {
      assertThat(item.title()).as(item.name()).isNotBlank();
      assertThat(item.reason()).as(item.name()).isNotBlank();
    }
  }
}
