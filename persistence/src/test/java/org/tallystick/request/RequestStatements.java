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
    return LodgedBills.BY_NUMBER;
  }

  public static String findBillOfOffer() {
    return LodgedBills.BY_OFFER;
  }

  public static String countBills() {
    return LodgedBills.COUNT;
  }

  public static String freeBills() {
    return LodgedBills.FREE;
  }

  public static String openNumbers() {
    return ReservedRows.OPEN;
  }

  public static String expireBills() {
    return LodgedBills.EXPIRE;
  }

  public static String expireNumbers() {
    return ReservedRows.EXPIRE_NUMBERS;
  }

  public static String expire() {
    return ReplyRows.EXPIRE;
  }
}
