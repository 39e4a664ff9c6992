package org.tallystick.webhook;

/** Opens the package's statements to the test of their plans. */
public final class WebhookStatements {
  private WebhookStatements() {}

  public static String ofInstitution() {
    return WebhookRows.OF_INSTITUTION;
  }

  public static String forgetFormer() {
    return WebhookRows.FORGET_FORMER;
  }

  public static String tell() {
    return DeliveryRows.TELL_THEIRS;
  }

  public static String claim() {
    return DeliveryRows.CLAIM;
  }

  public static String page() {
    return DeliveryRows.PAGE;
  }

  public static String expire() {
    return DeliveryRows.EXPIRE;
  }
}
