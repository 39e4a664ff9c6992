package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the values that Winkler printed. */
class JaroWinklerTest {
  /** Source: W. E. Winkler, Overview of Record Linkage (2006), table 6. */
  @ParameterizedTest
  @CsvSource({
    "shackleford, shackelford, 0.982",
    "dunningham, cunnigham, 0.896",
    "nichleson, nichulson, 0.956",
    "jones, johnson, 0.832",
    "massey, massie, 0.933",
    "abroms, abrams, 0.922",
    "jeraldine, geraldine, 0.926",
    "marhta, martha, 0.961",
    "michelle, michael, 0.921",
    "julies, julius, 0.933",
    "tanya, tonya, 0.880",
    "dwayne, duane, 0.840",
    "sean, susan, 0.805",
    "jon, john, 0.933"
  })
  void similarity_isWinklers(String one, String other, double printed) {
    assertThat(JaroWinkler.similarity(one, other)).isCloseTo(printed, within(0.0006));
  }

  @Property
  void similarity_isTheSameBothWays_andOneForOneWord(
      @ForAll @AlphaChars @StringLength(min = 1, max = 80) String one,
      @ForAll @AlphaChars @StringLength(min = 1, max = 80) String other) {
    assertThat(JaroWinkler.similarity(one, other)).isBetween(0.0, 1.0);
    assertThat(JaroWinkler.similarity(one, one)).isEqualTo(1);
  }
}
