package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transcribers disagree about is one; what speakers tell apart is not. */
class SoundTest {
  @ParameterizedTest
  @CsvSource({
    "mohammed, muhamad",
    "hussein, husayn",
    "yusuf, youssouf",
    "shukri, szukri",
    "chernov, tchernov",
    "dzhamal, jamal",
    "aleksandr, alexandr",
    "fatimah, fatima",
    "wladimir, vladimir",
    "nasim, naseem"
  })
  void spellingsOfOneName_haveOneFold(String one, String other) {
    assertThat(Sound.fold(one)).isEqualTo(Sound.fold(other));
  }

  @ParameterizedTest
  @CsvSource({"qadhafi, kaddafi", "kim, gim", "ivanov, ivanoff", "khalid, halid", "pyong, byong"})
  void voicedAndVoiceless_areOne(String one, String other) {
    assertThat(Word.of(one, false).voiceless()).isEqualTo(Word.of(other, false).voiceless());
  }

  @ParameterizedTest
  @CsvSource({"hsyn, hussein", "mhmwd, mahmoud", "wlyd, walid", "zrqawy, zarqawi", "ywsf, yusuf"})
  void consonantsAlone_haveTheKeyOfTheWholeWord(String consonants, String word) {
    assertThat(Word.of(consonants, true).key()).isEqualTo(Word.of(word, false).key());
  }

  @ParameterizedTest
  @CsvSource({"hasan, hussein", "amir, umar", "ivan, evan", "li, lu", "walid, khalid"})
  void otherNames_haveOtherFolds(String one, String other) {
    assertThat(Sound.fold(one)).isNotEqualTo(Sound.fold(other));
  }
}
