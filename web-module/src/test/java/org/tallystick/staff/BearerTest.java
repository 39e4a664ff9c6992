package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BearerTest {
  @Test
  void token_isWhatFollowsTheScheme() {
    assertThat(Bearer.token("Bearer abc")).hasValue("abc");
    assertThat(Bearer.token("bearer abc")).hasValue("abc");
    assertThat(Bearer.token("Basic abc")).isEmpty();
    assertThat(Bearer.token((String) null)).isEmpty();
  }
}
