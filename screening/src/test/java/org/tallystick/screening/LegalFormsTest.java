package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words of a company's name say only what it is. */
class LegalFormsTest {
  private static String without(String name) throws UnreadableName {
    return LegalForms.removed(NameReader.read(name).get(0)).stream()
        .map(Word::text)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Omniphalt S.A. de C.V. | omniphalt
          Omniphalt, S. de R.L. | omniphalt
          ООО Ромашка | romashka
          Kestrel Dawn Co., Ltd. | kestrel dawn
          Kestrel GmbH & Co. KG | kestrel
          Kestrel Sp. z o.o. | kestrel
          Kestrel Limietd | kestrel
          株式会社カモメ | kamome
          As Sahab Media | as sahab media
          Bank of Zermania | bank of zermania
          Limited Brands Inc | brands
          """)
  void form_isTakenOff_andNothingElse(String name, String left) throws UnreadableName {
    assertThat(without(name)).isEqualTo(left);
  }

  @Test
  void nameOfFormsAlone_hasNothingLeft_butBeginsWithOne() throws UnreadableName {
    List<Word> name = NameReader.read("S.A. Ltd").get(0);
    assertThat(LegalForms.removed(name)).isEmpty();
    assertThat(LegalForms.first(name)).extracting(Word::text).containsExactly("s", "a");
  }
}
