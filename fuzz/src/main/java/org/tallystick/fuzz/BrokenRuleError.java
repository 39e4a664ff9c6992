package org.tallystick.fuzz;

/** A parser did what no parser may do. An error, so that no parser catches it. */
public final class BrokenRuleError extends AssertionError {
  private static final long serialVersionUID = 1L;

  BrokenRuleError(String what) {
    super(what);
  }

  BrokenRuleError(String what, Throwable cause) {
    super(what, cause);
  }
}
