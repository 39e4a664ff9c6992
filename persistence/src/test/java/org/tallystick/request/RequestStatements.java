package org.tallystick.request;

/** Opens the package's statements to the test of their plans. */
public final class RequestStatements {
  private RequestStatements() {}

  public static String find() {
    return ReplyRows.FIND;
  }

  public static String forgetRekey() {
    return ReplyRows.FORGET_REKEY;
  }

  public static String findBill() {
    return ReservedRows.FIND;
  }

  public static String lodgedBills() {
    return ReservedRows.LODGED;
  }

  public static String openNumbers() {
    return ReservedRows.OPEN;
  }

  public static String expireBills() {
    return ReservedRows.EXPIRE_BILLS;
  }

  public static String expireNumbers() {
    return ReservedRows.EXPIRE_NUMBERS;
  }

  public static String expire() {
    return ReplyRows.EXPIRE;
  }
}
