package org.tallystick.privacy;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** An export as it is sent: an attachment that nothing on the way keeps. */
final class ExportAnswer {
  private ExportAnswer() {}

  static Response of(byte[] archive) {
    return Response.ok(archive, "application/zip")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"export.zip\"")
        .build();
  }
}
