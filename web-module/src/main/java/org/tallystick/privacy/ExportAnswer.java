package org.tallystick.privacy;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** An export as it is sent: an attachment that nothing on the way keeps. */
final class ExportAnswer {
  private ExportAnswer() {}

  static Response of(ExportArchive archive) {
    return Response.ok((StreamingOutput) archive::writeTo, "application/zip")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"export.zip\"")
        .build();
  }
}
