package org.tallystick.device.bill;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A text as QR (ISO/IEC 18004): as picture, as text for a terminal, and read back. */
public final class QrCode {
  private static final int QUIET_ZONE = 4;
  private static final int PIXELS_PER_MODULE = 4;
  private static final int MAX_SIDE = 4096;
  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xFFFFFF;

  private final BitMatrix modules;

  private QrCode(BitMatrix modules) {
    this.modules = modules;
  }

  /**
   * Encodes a text; the medium error correction is taken where it fits.
   *
   * @throws IllegalArgumentException if it is too long for any QR
   */
  public static QrCode of(String text) {
    try {
      return new QrCode(encode(text, ErrorCorrectionLevel.M));
    } catch (WriterException tooLongForM) {
      try {
        return new QrCode(encode(text, ErrorCorrectionLevel.L));
      } catch (WriterException e) {
        throw new IllegalArgumentException("too long for a QR", e);
      }
    }
  }

  private static BitMatrix encode(String text, ErrorCorrectionLevel level) throws WriterException {
    Map<EncodeHintType, Object> hints =
        Map.of(EncodeHintType.ERROR_CORRECTION, level, EncodeHintType.MARGIN, QUIET_ZONE);
    return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
  }

  /** A PNG, four pixels a module. */
  public byte[] png() {
    int side = modules.getWidth() * PIXELS_PER_MODULE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean dark = modules.get(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE);
        image.setRGB(x, y, dark ? BLACK : WHITE);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("no PNG", e);
    }
    return png.toByteArray();
  }

  /**
   * Lines of half blocks, two modules a character, for a terminal with light letters on dark
   * ground: the light modules are drawn.
   */
  public String terminal() {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y += 2) {
      for (int x = 0; x < modules.getWidth(); x++) {
        boolean upper = !modules.get(x, y);
        boolean lower = y + 1 < modules.getHeight() && !modules.get(x, y + 1);
        text.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Reads the text of a QR in a picture; empty where there is none, where it is no picture, or
   * where one side is over {@value #MAX_SIDE}: a few bytes can promise a picture that fills the
   * memory.
   */
  public static Optional<String> read(byte[] picture) {
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      return readers.hasNext()
          ? image(readers.next(), input).flatMap(QrCode::read)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<BufferedImage> image(ImageReader reader, ImageInputStream input)
      throws IOException {
    try {
      reader.setInput(input, true, true);
      return reader.getWidth(0) > MAX_SIDE || reader.getHeight(0) > MAX_SIDE
          ? Optional.empty()
          : Optional.of(reader.read(0));
    } catch (RuntimeException e) {
      // the platform's readers say in many ways that a picture is broken
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  private static Optional<String> read(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    RGBLuminanceSource source = new RGBLuminanceSource(width, height, pixels);
    Map<DecodeHintType, Object> photograph = Map.of(DecodeHintType.TRY_HARDER, true);
    Map<DecodeHintType, Object> drawing = Map.of(DecodeHintType.PURE_BARCODE, true);
    return read(new HybridBinarizer(source), photograph)
        .or(() -> read(new GlobalHistogramBinarizer(source), photograph))
        .or(() -> read(new GlobalHistogramBinarizer(source), drawing));
  }

  private static Optional<String> read(Binarizer picture, Map<DecodeHintType, Object> hints) {
    try {
      return Optional.of(new QRCodeReader().decode(new BinaryBitmap(picture), hints).getText());
    } catch (ReaderException e) {
      return Optional.empty();
    }
  }
}
