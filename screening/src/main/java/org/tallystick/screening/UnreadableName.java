package org.tallystick.screening;

/** A name that cannot be taken apart into words to compare. */
final class UnreadableName extends Exception {
  private static final long serialVersionUID = 1;

  private final Obstacle obstacle;

  UnreadableName(Obstacle obstacle) {
    super(obstacle.name());
    this.obstacle = obstacle;
  }

  Obstacle obstacle() {
    return obstacle;
  }
}
