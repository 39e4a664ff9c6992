package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tallystick.codec.Base64Url;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.RegistrationMoved;

/** What events say of a notice. */
final class NoticeMembers {
  private NoticeMembers() {}

  /** A notice, for a reply or by itself. */
  static ObjectNode describe(ObjectNode event, Notice notice) {
    event
        .put("epoch", notice.epoch())
        .put("k", notice.k())
        .put("time", notice.timeMillis())
        .put("line", notice.line().index());
    NoticeSubject subject = notice.subject();
    if (subject instanceof NoticeSubject.DeviceBound bound) {
      BindingRecord record = BindingRecord.unverified(bound.bindingRecord());
      event
          .put("kind", "bound")
          .put("device", Base64Url.encode(record.deviceId()))
          .put("role", record.role())
          .put("boundAt", record.timeMillis());
    } else if (subject instanceof NoticeSubject.DeviceSuspended suspended) {
      event
          .put("kind", "suspended")
          .put("device", Base64Url.encode(suspended.deviceId()))
          .put("reason", suspended.reason());
    } else if (subject instanceof NoticeSubject.NotMeUsed used) {
      byte[] device = used.deviceId();
      event
          .put("kind", "not-me")
          .put("device", device == null ? null : Base64Url.encode(device))
          .put("number", used.number());
    } else if (subject instanceof NoticeSubject.AuthorityUsed used) {
      byte[] code = used.codeHash();
      event
          .put("kind", "authority")
          .put("number", used.number())
          .put("purpose", EventWriter.lower(used.purpose()))
          .put("amount", used.amount().minor())
          .put("currency", used.amount().currency())
          .put("usedAt", used.timeMillis())
          .put("code", code == null ? null : Base64Url.encode(code));
    } else {
      agreement(event, subject);
    }
    return event;
  }

  private static void agreement(ObjectNode event, NoticeSubject subject) {
    if (subject instanceof AgreementToSign toSign) {
      EventWriter.describe(event.put("kind", "agreement"), toSign.terms());
    } else if (subject instanceof RegistrationMoved moved) {
      event
          .put("kind", "registration")
          .put("standing", moved.standing().name())
          .put("movedAt", moved.timeMillis());
    } else if (subject instanceof AgreementSigned signed) {
      event
          .put("kind", "agreed")
          .put("version", signed.version())
          .put("sha256", Base64Url.encode(signed.hash()))
          .put("device", Base64Url.encode(signed.deviceId()))
          .put("signature", Base64Url.encode(signed.signatureHash()));
    }
  }
}
