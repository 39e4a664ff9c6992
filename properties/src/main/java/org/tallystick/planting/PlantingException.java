package org.tallystick.planting;

/** The harness itself cannot do its work: a plant has rotted, or something is not built. */
final class PlantingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlantingException(String message) {
    super(message);
  }
}
