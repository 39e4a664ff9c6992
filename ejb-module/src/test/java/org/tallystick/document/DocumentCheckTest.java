package org.tallystick.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good documents pass, and each way of being another thing is refused. */
class DocumentCheckTest {
  private static final byte[] PIXELS = Pictures.deflated(new byte[4]);
  private static final byte[] IDAT = Pictures.chunk("IDAT", PIXELS);
  private static final byte[] IEND = Pictures.chunk("IEND", new byte[0]);
  private static final byte[] IHDR = Pictures.header(1, 1, 8, 2);

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] with(byte[] content, int at, int value) {
    byte[] changed = content.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void documentsOfOrdinaryPrograms_areTaken() {
    assertThat(DocumentCheck.png().fault(Pictures.png())).isEmpty();
    assertThat(DocumentCheck.jpeg().fault(Pictures.jpeg())).isEmpty();
    assertThat(DocumentCheck.pdf().fault(Pictures.pdf("1 0 obj << /Type /Catalog >> endobj")))
        .isEmpty();
    assertThat(
            DocumentCheck.pdf()
                .fault(Pictures.pdf(Pictures.objectStream("1 0 << /Type /Catalog >>"))))
        .isEmpty();
    assertThat(DocumentCheck.png().fault(Pictures.png(IHDR, IDAT, IEND))).isEmpty();
  }

  @Test
  void documentOfAnotherForm_isRefusedByEach() {
    Map<String, byte[]> forms =
        Map.of("png", Pictures.png(), "jpeg", Pictures.jpeg(), "pdf", Pictures.pdf(""));
    Map<String, DocumentCheck> checks =
        Map.of(
            "png", DocumentCheck.png(), "jpeg", DocumentCheck.jpeg(), "pdf", DocumentCheck.pdf());
    checks.forEach(
        (name, check) ->
            forms.forEach(
                (form, content) ->
                    assertThat(check.fault(content).isEmpty())
                        .as("%s as %s", form, name)
                        .isEqualTo(name.equals(form))));
    for (DocumentCheck check : checks.values()) {
      assertThat(check.fault(new byte[0])).isPresent();
      assertThat(check.fault(ascii("<html><script>alert(1)</script>"))).isPresent();
    }
  }

  /** What is cut off anywhere is refused, and nothing that is read makes a check fail. */
  @Test
  void documentThatIsCutOff_isRefused() {
    Stream.of(
            Map.entry(DocumentCheck.png(), Pictures.png()),
            Map.entry(DocumentCheck.jpeg(), Pictures.jpeg()))
        .forEach(
            pair -> {
              byte[] whole = pair.getValue();
              for (int length = 0; length < whole.length; length++) {
                assertThat(pair.getKey().fault(Arrays.copyOf(whole, length))).isPresent();
              }
            });
  }

  @Test
  void anyChangedByteOfAPng_isRefused() {
    byte[] good = Pictures.png();
    for (int at = 0; at < good.length; at++) {
      assertThat(DocumentCheck.png().fault(with(good, at, good[at] ^ 1)))
          .as("at %d", at)
          .isPresent();
    }
  }

  @Test
  void noise_behindAGoodBeginning_isJudgedAndNeverThrows() {
    Random random = new Random(5);
    for (byte[] good :
        new byte[][] {Pictures.png(), Pictures.jpeg(), Pictures.pdf(Pictures.objectStream("x"))}) {
      for (int i = 0; i < 3_000; i++) {
        byte[] changed = good.clone();
        for (int change = 0; change < 4; change++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        for (DocumentCheck check :
            new DocumentCheck[] {DocumentCheck.png(), DocumentCheck.jpeg(), DocumentCheck.pdf()}) {
          assertThat(check.fault(changed)).isNotNull();
        }
      }
    }
  }

  static Stream<Arguments> badPngs() {
    byte[] text = {'k', 0, 0, 'x'};
    return Stream.of(
        Arguments.of("something after the end", Pictures.png(IHDR, IDAT, IEND, new byte[1])),
        Arguments.of("an archive after the end", Pictures.png(IHDR, IDAT, IEND, Pictures.zip())),
        Arguments.of(
            "an archive in a chunk",
            Pictures.png(IHDR, Pictures.chunk("tEXt", Pictures.zip()), IDAT, IEND)),
        Arguments.of("no header", Pictures.png(IDAT, IEND)),
        Arguments.of("two headers", Pictures.png(IHDR, IHDR, IDAT, IEND)),
        Arguments.of("no pixels", Pictures.png(IHDR, IEND)),
        Arguments.of(
            "pixels apart", Pictures.png(IHDR, IDAT, Pictures.chunk("tIME", text), IDAT, IEND)),
        Arguments.of(
            "a palette too late", Pictures.png(IHDR, IDAT, Pictures.chunk("PLTE", text), IEND)),
        Arguments.of(
            "an unknown critical chunk",
            Pictures.png(IHDR, Pictures.chunk("EVIL", text), IDAT, IEND)),
        Arguments.of(
            "a name that is none", Pictures.png(IHDR, Pictures.chunk("a1B ", text), IDAT, IEND)),
        Arguments.of("a full end", Pictures.png(IHDR, IDAT, Pictures.chunk("IEND", text))),
        Arguments.of("a million by a million", png(1_000_000, 1_000_000, 8, 2)),
        Arguments.of("just too many pixels", png(32_768, 1_954, 8, 2)),
        Arguments.of("no width", png(0, 1, 8, 2)),
        Arguments.of("a negative height", png(1, -1, 8, 2)),
        Arguments.of("a depth that is none", png(1, 1, 7, 2)),
        Arguments.of("a colour that is none", png(1, 1, 8, 5)),
        Arguments.of(
            "more data than pixels",
            Pictures.png(IHDR, Pictures.chunk("IDAT", new byte[100_000]), IEND)),
        Arguments.of(
            "a compressed text", Pictures.png(IHDR, Pictures.chunk("zTXt", bomb()), IDAT, IEND)),
        Arguments.of(
            "a compressed international text",
            Pictures.png(IHDR, Pictures.chunk("iTXt", new byte[] {'k', 0, 1, 0}), IDAT, IEND)),
        Arguments.of(
            "a huge profile",
            Pictures.png(IHDR, Pictures.chunk("iCCP", new byte[70_000]), IDAT, IEND)),
        Arguments.of("a film", Pictures.png(IHDR, Pictures.chunk("acTL", text), IDAT, IEND)));
  }

  private static byte[] bomb() {
    return Pictures.deflated(new byte[10_000_000]);
  }

  private static byte[] png(int width, int height, int depth, int colour) {
    return Pictures.png(Pictures.header(width, height, depth, colour), IDAT, IEND);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badPngs")
  void png_withWhatDoesNotBelong_isRefused(String what, byte[] content) {
    assertThat(DocumentCheck.png().fault(content)).as(what).isPresent();
  }

  @Test
  void png_withOrdinaryChunksBeside_isTaken() {
    assertThat(
            DocumentCheck.png()
                .fault(
                    Pictures.png(
                        IHDR,
                        Pictures.chunk("pHYs", new byte[9]),
                        Pictures.chunk("tEXt", new byte[] {'k', 0, 'v'}),
                        Pictures.chunk("iTXt", new byte[] {'k', 0, 0, 0, 0, 0, 'v'}),
                        Pictures.chunk("iCCP", new byte[3_000]),
                        IDAT,
                        IDAT,
                        Pictures.chunk("iDOT", new byte[3]),
                        IEND)))
        .isEmpty();
  }

  static Stream<Arguments> badJpegs() {
    byte[] good = Pictures.jpeg();
    int frame = marker(good, 0xc0);
    int scan = marker(good, 0xda);
    byte[] comment = Pictures.joined(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 24}, Pictures.zip());
    return Stream.of(
        Arguments.of("something after the end", Pictures.joined(good, new byte[1])),
        Arguments.of("two pictures", Pictures.joined(good, good)),
        Arguments.of("an archive after the end", Pictures.joined(good, Pictures.zip())),
        Arguments.of(
            "an archive in a comment",
            Pictures.joined(
                Arrays.copyOf(good, 2), comment, Arrays.copyOfRange(good, 2, good.length))),
        Arguments.of(
            "too many pixels",
            with(with(with(good, frame + 5, 0xff), frame + 7, 0xff), frame + 6, 0xff)),
        Arguments.of("no width", with(with(good, frame + 7, 0), frame + 8, 0)),
        Arguments.of("no components", with(good, frame + 9, 0)),
        Arguments.of("lossless", with(good, frame + 1, 0xc3)),
        Arguments.of("no frame", with(good, frame + 1, 0xec)),
        Arguments.of("no scan", with(good, scan + 1, 0xec)),
        Arguments.of("a scan before the frame", with(good, frame + 1, 0xda)));
  }

  private static int marker(byte[] content, int marker) {
    int at = 2;
    while (Octets.unsigned(content, at + 1) != marker) {
      at += 2 + Octets.unsigned16(content, at + 2);
    }
    return at;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badJpegs")
  void jpeg_withWhatDoesNotBelong_isRefused(String what, byte[] content) {
    assertThat(DocumentCheck.jpeg().fault(content)).as(what).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/S /JavaScript /JS (app.alert(1))",
        "/S /J#61vaScript /JS (app.alert(1))",
        "/S/#4A#61#76#61#53#63#72#69#70#74",
        "/S /Launch /F (cmd.exe)",
        "/EmbeddedFile",
        "/Names << /EmbeddedFiles 4 0 R >>",
        "/Type/EmbeddedFile/Length 3",
        "/RichMedia",
        "/Rendition",
        "/XFA 7 0 R",
        "/S /GoToE",
        "/S /SubmitForm /F (http://x)",
        "/S /ImportData",
        "/Encrypt 9 0 R"
      })
  void pdf_withWhatActs_isRefused_openlyInAStreamAndCompressed(String what) {
    String object = "1 0 obj << " + what + " >> endobj";
    assertThat(DocumentCheck.pdf().fault(Pictures.pdf(object))).isPresent();
    assertThat(
            DocumentCheck.pdf()
                .fault(Pictures.pdf("2 0 obj << /Length 99 >>\nstream\n" + object + "\nendstream")))
        .isPresent();
    assertThat(DocumentCheck.pdf().fault(Pictures.pdf(Pictures.objectStream(object)))).isPresent();
  }

  static Stream<Arguments> badPdfs() {
    String stream = Pictures.objectStream("1 0 << /Type /Catalog >>");
    byte[] good = Pictures.pdf("1 0 obj << >> endobj");
    return Stream.of(
        Arguments.of("something before", Pictures.joined(new byte[] {' '}, good)),
        Arguments.of("something after", Pictures.joined(good, ascii("<script>"))),
        Arguments.of("many blanks after", Pictures.joined(good, ascii(" ".repeat(40)))),
        Arguments.of("an archive after", Pictures.joined(good, Pictures.zip())),
        Arguments.of(
            "an archive within",
            Pictures.joined(
                Arrays.copyOf(good, 20),
                Pictures.zip(),
                Arrays.copyOfRange(good, 20, good.length))),
        Arguments.of("a version that is none", with(good, 7, '9')),
        Arguments.of("no cross reference", ascii("%PDF-1.4\n%%EOF")),
        Arguments.of(
            "an object stream in another code",
            Pictures.pdf(stream.replace("/FlateDecode", "[/ASCIIHexDecode /FlateDecode]"))),
        Arguments.of(
            "an object stream with a predictor",
            Pictures.pdf(stream.replace("/N 1", "/N 1 /DecodeParms << /Predictor 12 >>"))),
        Arguments.of(
            "an object stream elsewhere", Pictures.pdf(stream.replace("/N 1", "/F (http://x)"))),
        Arguments.of("an object stream that is none", Pictures.pdf("<< /Type /ObjStm >>")),
        Arguments.of(
            "an object stream far from its dictionary",
            Pictures.pdf(stream.replace("/N 1", "/N 1 %" + " ".repeat(5_000) + "\n"))),
        Arguments.of("a bomb", Pictures.pdf(Pictures.objectStream(" ".repeat(40_000_000)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badPdfs")
  void pdf_thatIsNotPlain_isRefused(String what, byte[] content) {
    assertThat(DocumentCheck.pdf().fault(content)).as(what).isPresent();
  }
}
