package org.tallystick.institution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PngCheckTest {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] ROWS = Png.packed(4 * (1 + 3 * 4));

  private static Png header() {
    return new Png().header(4, 4, 8, 2);
  }

  private static byte[] end(Png png) {
    return png.chunk("IEND", NOTHING).bytes();
  }

  static Stream<Map.Entry<String, byte[]>> bad() {
    byte[] filter = new byte[4 * 13];
    filter[13] = 5;
    byte[] good = Png.image(4, 4);
    byte[] trailing = Arrays.copyOf(good, good.length + 1);
    byte[] two = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, two, good.length, good.length);
    return Map.<String, byte[]>ofEntries(
        Map.entry("nothing", NOTHING),
        Map.entry("other signature", new byte[200]),
        Map.entry("signature alone", Arrays.copyOf(good, 8)),
        Map.entry("no header", end(new Png().chunk("IDAT", ROWS))),
        Map.entry("two headers", end(header().header(4, 4, 8, 2).chunk("IDAT", ROWS))),
        Map.entry("no pixels", end(header())),
        Map.entry("no end", header().chunk("IDAT", ROWS).bytes()),
        Map.entry("data in the end", header().chunk("IDAT", ROWS).chunk("IEND", ROWS).bytes()),
        Map.entry("something behind", trailing),
        Map.entry("a second image behind", two),
        Map.entry("wrong checksum", end(header().chunk("IDAT", ROWS, 1))),
        Map.entry("text", end(header().chunk("tEXt", ROWS).chunk("IDAT", ROWS))),
        Map.entry("a profile", end(header().chunk("iCCP", ROWS).chunk("IDAT", ROWS))),
        Map.entry("moving", end(header().chunk("acTL", new byte[8]).chunk("IDAT", ROWS))),
        Map.entry("unknown", end(header().chunk("aaAa", ROWS).chunk("IDAT", ROWS))),
        Map.entry(
            "split",
            end(header().chunk("IDAT", ROWS).chunk("gAMA", new byte[4]).chunk("IDAT", NOTHING))),
        Map.entry("late", end(header().chunk("IDAT", ROWS).chunk("gAMA", new byte[4]))),
        Map.entry("too few pixels", end(header().chunk("IDAT", Png.packed(51)))),
        Map.entry("too many pixels", end(header().chunk("IDAT", Png.packed(53)))),
        Map.entry("a bomb", end(header().chunk("IDAT", Png.packed(30_000_000)))),
        Map.entry("cut", end(header().chunk("IDAT", Arrays.copyOf(ROWS, ROWS.length - 4)))),
        Map.entry("no deflate", end(header().chunk("IDAT", new byte[40]))),
        Map.entry("no such filter", end(header().chunk("IDAT", Png.packed(filter)))),
        Map.entry("no palette", end(new Png().header(4, 4, 8, 3).chunk("IDAT", Png.packed(20)))),
        Map.entry("interlaced", end(new Png().header(4, 4, 8, 2, 1).chunk("IDAT", ROWS))))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void otherFile_isNoLogo(Map.Entry<String, byte[]> file) {
    assertThat(PngCheck.isLogo(file.getValue())).as(file.getKey()).isFalse();
  }

  @Test
  void cutAnywhere_isNoLogo() {
    byte[] good = Png.image(4, 4);
    assertThat(PngCheck.isLogo(good)).isTrue();
    for (int length = 0; length < good.length; length++) {
      assertThat(PngCheck.isLogo(Arrays.copyOf(good, length))).as("of %s", length).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,4", "4,0", "-1,4", "1025,4", "4,1025", "2147483647,2147483647"})
  void side_beyondItsBounds_isNoLogo(int width, int height) {
    byte[] png = end(new Png().header(width, height, 8, 2).chunk("IDAT", ROWS));
    assertThat(PngCheck.isLogo(png)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,3", "0,32", "1,8", "2,4", "3,16", "4,4", "5,8", "6,1", "7,8"})
  void depthThatTheTypeDoesNotHave_isNoLogo(int type, int depth) {
    byte[] png = end(new Png().header(4, 4, depth, type).chunk("IDAT", ROWS));
    assertThat(PngCheck.isLogo(png)).isFalse();
  }

  /** What another writer makes, of every type that it knows. */
  @ParameterizedTest
  @CsvSource({"1", "2", "4", "5", "10", "11", "12", "13"})
  void imageOfAnotherWriter_isOne(int type) throws Exception {
    var image = new java.awt.image.BufferedImage(61, 33, type);
    image.setRGB(5, 5, 0xff8040);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", out)).isTrue();
    assertThat(PngCheck.isLogo(out.toByteArray())).isTrue();
  }

  @Test
  void largestImage_isOne_aLongerFileIsNot() {
    assertThat(PngCheck.isLogo(Png.image(1024, 1024))).isTrue();
    Png padded = header();
    padded.chunk("PLTE", new byte[3]);
    byte[] large = new byte[PngCheck.MAX_BYTES];
    assertThat(PngCheck.isLogo(end(padded.chunk("pHYs", large).chunk("IDAT", ROWS)))).isFalse();
  }
}
