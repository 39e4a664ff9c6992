package org.tallystick.party;

import java.util.Arrays;
import java.util.Optional;

/** In which form documents are taken. */
public enum DocumentMedia {
  PDF("application/pdf", "pdf"),
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg");

  private final String type;
  private final String extension;

  DocumentMedia(String type, String extension) {
    this.type = type;
    this.extension = extension;
  }

  /** The media type, without parameters. */
  public String type() {
    return type;
  }

  /** How the name of such a file ends. */
  public String extension() {
    return extension;
  }

  /** By the media type. */
  public static Optional<DocumentMedia> ofType(String type) {
    return Arrays.stream(values()).filter(media -> media.type.equals(type)).findFirst();
  }
}
