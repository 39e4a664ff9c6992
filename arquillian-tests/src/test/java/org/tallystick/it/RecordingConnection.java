package org.tallystick.it;

import java.time.Duration;
import java.util.List;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.result.Result;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.ForwardingBankConnection;

/** Keeps what a device sends, as whoever listens on the way could. */
final class RecordingConnection extends ForwardingBankConnection {
  /** The last message of each kind. */
  static final class Messages {
    private String enrolment = "";
    private String bind = "";
    private String confirmation = "";
    private String code = "";
    private String request = "";
    private String pickup = "";

    String enrolment() {
      return enrolment;
    }

    String bind() {
      return bind;
    }

    String confirmation() {
      return confirmation;
    }

    String code() {
      return code;
    }

    String request() {
      return request;
    }

    String pickup() {
      return pickup;
    }
  }

  private final Messages messages;

  RecordingConnection(BankConnection bank, Messages messages) {
    super(bank);
    this.messages = messages;
  }

  @Override
  public Result<byte[]> bind(byte[] enrolmentId, byte[] message1) {
    messages.enrolment = Base64Url.encode(enrolmentId);
    messages.bind = Base64Url.encode(message1);
    return super.bind(enrolmentId, message1);
  }

  @Override
  public Result<String> confirm(byte[] enrolmentId, byte[] confirmation) {
    messages.confirmation = Base64Url.encode(confirmation);
    return super.confirm(enrolmentId, confirmation);
  }

  @Override
  public Result<String> send(String code) {
    messages.code = code;
    return super.send(code);
  }

  @Override
  public Result<byte[]> request(String text) {
    messages.request = text;
    return super.request(text);
  }

  @Override
  public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
    messages.pickup = Base64Url.encode(pickups.get(0));
    return super.answers(pickups, wait);
  }
}
